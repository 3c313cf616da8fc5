// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.EmailLogins;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.report.SoakReport.BadCall;
import com.techpro.callclient.testkit.soak.script.FeatureRecord;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts calls in constant memory, however many there are. Owned by the soak's loop. */
public final class RunStatistics {
    private static final int MOST_BAD_CALLS = 100;

    private final DurationHistogram setUp = new DurationHistogram();
    private final DurationHistogram registration = new DurationHistogram();
    private final DurationHistogram login = new DurationHistogram();
    private final DurationHistogram oneWayDelay = new DurationHistogram();
    private final Map<String, Long> failures = new TreeMap<>();
    private final Map<String, Long> registrationFailures = new TreeMap<>();
    private final Map<String, Long> loginRefusals = new TreeMap<>();
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Map<String, Long> holdOutcomes = new TreeMap<>();
    private final Set<String> holdFaults = new TreeSet<>();
    private final List<BadCall> badCalls = new ArrayList<>();
    private final CallSummaries summaries = new CallSummaries();
    private final List<CallResult> faulty = new ArrayList<>();
    private final LoopbackGates loopback = new LoopbackGates();
    private final ResultsByMedia media = new ResultsByMedia();
    private final FeatureStatistics features = new FeatureStatistics();
    private final List<MediaChoice> choices;
    private long attempted;
    private long finished;
    private long connected;
    private long faultless;
    private Duration talked = Duration.ZERO;
    private long directionsOnHold;
    private long silentDirections;
    private long keysPressed;
    private long keysArrived;
    private long directions;
    private long verified;
    private long stalled;
    private Duration compared = Duration.ZERO;
    private double gapSum;
    private double otherSum;
    private double worstGap;
    private double excusedSum;
    private double distanceSum;
    private double worstDistance;
    private long stretches;
    private long sent;
    private long received;
    private long late;
    private long lost;
    private long concealed;
    private long missed;
    private double worstMos = Double.NaN;

    /** @param choices the media choices of all users' accounts, by index */
    public RunStatistics(List<MediaChoice> choices) {
        this.choices = List.copyOf(choices);
    }

    /** Returns the statistics of their media. */
    public ResultsByMedia media() {
        return media;
    }

    public void add(EmailLogins.Attempt attempt) {
        String refusal = attempt.refusal();
        if (refusal == null) {
            login.add(attempt.took());
        } else {
            loginRefusals.merge(refusal, 1L, Long::sum);
        }
    }

    void registered(Duration took) {
        registration.add(took);
    }

    /** Returns why registrations failed. */
    public Set<String> registrationFailures() {
        return registrationFailures.keySet();
    }

    void registrationFailed(String reason) {
        registrationFailures.merge(reason, 1L, Long::sum);
    }

    public void attempted() {
        attempted++;
        loopback.attempted();
    }

    /** Counts a call within another, to consult a transfer's target. */
    public void consulted() {
        attempted++;
        loopback.consulted();
    }

    /** Returns the statistics of transfers and pickups. */
    public FeatureStatistics features() {
        return features;
    }

    /** Returns the gates for calls through this machine only. */
    public LoopbackGates loopback() {
        return loopback;
    }

    public long attemptedCalls() {
        return attempted;
    }

    public long finishedCalls() {
        return finished;
    }

    public long failedCalls() {
        return finished - faultless;
    }

    /** Returns the faults of calls in stable words, including calls that have not ended. */
    public Set<String> faults() {
        Set<String> found = new TreeSet<>(failures.keySet());
        if (finished < attempted) {
            found.add("not-finished");
        }
        return found;
    }

    /** Returns the faults of directions that could be judged. */
    public Set<String> unheard() {
        Set<String> found = new TreeSet<>(outcomes.keySet());
        found.removeAll(List.of(SpeechVerdict.Outcome.VERIFIED.code(), SpeechVerdict.Outcome.MACHINE_STALLED.code()));
        return found;
    }

    /** Returns the other faults found when a held side heard something wrong. */
    public Set<String> holdFaults() {
        return Collections.unmodifiableSet(holdFaults);
    }

    public long judgedDirections() {
        return directions;
    }

    public long verifiedDirections() {
        return verified;
    }

    /** Returns the directions that could not be judged because the machine stalled. */
    public long stalledDirections() {
        return stalled;
    }

    public long directionsOnHold() {
        return directionsOnHold;
    }

    public long silentDirections() {
        return silentDirections;
    }

    public long keysPressed() {
        return keysPressed;
    }

    public long keysArrived() {
        return keysArrived;
    }

    /** @param held how the phone system treats a held side */
    public void add(CallResult call, SoakPhoneSystem.OnHold held) {
        finished++;
        loopback.add(call);
        media.add(call, choices);
        Duration took = call.setUp();
        if (took != null) {
            connected++;
            setUp.add(took);
            talked = talked.plus(call.talked());
        }
        call.heard().forEach(this::add);
        call.quality().forEach(this::add);
        String problem = call.problem();
        if (problem == null && !call.audioFaultless()) {
            problem = "audio-not-verified";
        }
        if (problem == null) {
            problem = call.holdFault(held);
        }
        addHold(call, held);
        keysPressed += call.keysPressed();
        keysArrived += call.keysArrived();
        summaries.add(call, problem);
        if (problem == null) {
            faultless++;
            return;
        }
        failures.merge(problem, 1L, Long::sum);
        if (badCalls.size() < MOST_BAD_CALLS) {
            faulty.add(call);
            badCalls.add(new BadCall(
                    call.number(),
                    call.caller(),
                    call.callee(),
                    problem,
                    call.heard().stream()
                            .mapToDouble(SpeechVerdict::gapPercent)
                            .max()
                            .orElse(0),
                    call.heard().stream()
                            .mapToDouble(SpeechVerdict::spectralDistance)
                            .max()
                            .orElse(0),
                    Descriptions.of(call, held),
                    ""));
        }
    }

    /**
     * Speech after a transfer counts like other speech; that after a pickup or a forwarding is in
     * the record of its call.
     */
    public void add(FeatureRecord record) {
        features.add(record);
        if (record.feature().joins()) {
            record.heard().forEach(this::add);
        }
    }

    private void addHold(CallResult call, SoakPhoneSystem.OnHold held) {
        for (int ear = 0; ear < call.onHold().size(); ear++) {
            directionsOnHold++;
            String outcome = call.onHold().get(ear).outcome().code();
            if (call.leftInPeace(ear, held)) {
                silentDirections++;
            } else {
                holdFaults.add(outcome);
            }
            holdOutcomes.merge(outcome, 1L, Long::sum);
        }
    }

    public SoakReport.Holds holds() {
        return new SoakReport.Holds(directionsOnHold, silentDirections, new TreeMap<>(holdOutcomes));
    }

    public SoakReport.Keys keys() {
        return new SoakReport.Keys(keysPressed, keysArrived);
    }

    public SoakReport.Logins logins() {
        long refused =
                loginRefusals.values().stream().mapToLong(Long::longValue).sum();
        return new SoakReport.Logins(
                login.count() + refused, login.count(), new TreeMap<>(loginRefusals), login.spread());
    }

    public SoakReport.Registrations registrations(int accounts) {
        return new SoakReport.Registrations(
                accounts, (int) registration.count(), Map.copyOf(registrationFailures), registration.spread());
    }

    public SoakReport.Calls calls(int mostAtOnce) {
        return new SoakReport.Calls(
                attempted, connected, faultless, new TreeMap<>(failures), setUp.spread(), callSeconds(), mostAtOnce);
    }

    public double callSeconds() {
        return talked.toNanos() / 1e9;
    }

    /**
     * Returns the mean share of speech replaced by silence or another sound, over all directions.
     */
    public double meanHurtPercent() {
        return (gapSum + otherSum) / Math.max(1, directions);
    }

    public SoakReport.Audio audio() {
        long some = Math.max(1, directions);
        return new SoakReport.Audio(
                directions,
                verified,
                new TreeMap<>(outcomes),
                compared.toMillis() / 1000.0,
                gapSum / some,
                worstGap,
                excusedSum / some,
                distanceSum / some,
                worstDistance,
                oneWayDelay.spread(),
                stretches);
    }

    public SoakReport.Media media(Duration latestTick, long stalls, long ownStalls, Duration longestOwnStall) {
        return new SoakReport.Media(
                sent,
                received,
                late,
                lost,
                concealed,
                missed,
                worstMos,
                latestTick.toNanos() / 1e6,
                stalls,
                ownStalls,
                longestOwnStall.toNanos() / 1e6);
    }

    /** Returns the first faulty calls. */
    public List<CallResult> faulty() {
        return List.copyOf(faulty);
    }

    /** @param traces the folders of those of {@link #faulty()} that have one, in order */
    public List<BadCall> badCalls(List<String> traces) {
        List<BadCall> found = new ArrayList<>(badCalls);
        for (int i = 0; i < traces.size(); i++) {
            found.set(i, found.get(i).withTrace(traces.get(i)));
        }
        return List.copyOf(found);
    }

    public List<SoakReport.CallSummary> perCall() {
        return summaries.all();
    }

    private void add(SpeechVerdict heard) {
        loopback.add(heard);
        directions++;
        verified += heard.verified() ? 1 : 0;
        stalled += heard.outcome() == SpeechVerdict.Outcome.MACHINE_STALLED ? 1 : 0;
        outcomes.merge(heard.outcome().code(), 1L, Long::sum);
        compared = compared.plus(heard.compared());
        gapSum += heard.gapPercent();
        otherSum += heard.guessedPercent();
        worstGap = Math.max(worstGap, heard.gapPercent());
        excusedSum += heard.excusedPercent();
        distanceSum += heard.spectralDistance();
        worstDistance = Math.max(worstDistance, heard.spectralDistance());
        stretches += heard.stretches();
        if (heard.verified()) {
            oneWayDelay.add(heard.delay());
        }
    }

    private void add(CallQuality quality) {
        sent += quality.sending().packets();
        received += quality.receiving().packets();
        late += quality.receiving().late();
        lost += quality.receiving().lost();
        concealed += quality.receiving().framesConcealed();
        missed += quality.receiving().framesLate();
        worstMos = Double.isNaN(worstMos)
                ? quality.latest().mos()
                : Math.min(worstMos, quality.latest().mos());
    }
}
