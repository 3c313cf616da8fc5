// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.statistics.LoopbackGates;
import com.techpro.callclient.testkit.soak.statistics.ResultsByMedia;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** The gates of registrations and calls. */
final class CallGates {
    /** Beyond this, the machine is not suitable for a soak. */
    private static final double MOST_EXCUSED_PERCENT = 3;
    /** A lost packet is heard at least in part, because concealment replaced some of it. */
    private static final double LEAST_HEARD_OF_LOSS = 0.4;
    /** Speech beside a lost packet is damaged as well. */
    private static final double MOST_HEARD_OF_LOSS = 2;

    private static final double MOST_STALLED_PERCENT = 5;

    private final SoakSettings settings;
    private final CallLimits limits;
    private final SoakClient client;
    private final RunStatistics statistics;
    private final BooleanSupplier stopped;

    /** @param stopped whether the run was ended early: then none of these is judged */
    CallGates(
            SoakSettings settings,
            CallLimits limits,
            SoakClient client,
            RunStatistics statistics,
            BooleanSupplier stopped) {
        this.settings = settings;
        this.limits = limits;
        this.client = client;
        this.statistics = statistics;
        this.stopped = stopped;
    }

    Gate registrations(SoakPhoneSystem phones) {
        int registered = client.waiting().ask(() -> client.registrations().count(RegistrationState.REGISTERED));
        int known = phones.registered() < 0 ? registered : phones.registered();
        return unlessStopped(
                "registrations",
                "registrations",
                registered + " registered, the phone system has " + known,
                "all " + settings.users(),
                registered == settings.users() && known == registered,
                Figure.share(Math.min(registered, known), settings.users()));
    }

    /**
     * Replaces all other gates if nobody is registered, because all would fail for that one reason.
     */
    static Gate nobodyRegistered(int users, FirstRegistrations.Obstacle why) {
        return Gate.of("registrations", "registrations", "nobody: " + why.code(), "all " + users, false, why.text())
                .measuredAs(Figure.share(0, users));
    }

    /** @param loopback whether only this machine lies between the two ends */
    List<Gate> calls(boolean loopback) {
        List<Gate> gates = new ArrayList<>(ofCalls());
        LoopbackGates.Way way = !settings.impairment().isNone()
                ? LoopbackGates.Way.IMPAIRED
                : loopback ? LoopbackGates.Way.OURS : LoopbackGates.Way.OTHERS;
        if (settings.impairment().lossPercent() > 0) {
            gates.add(client.waiting().ask(this::lossAskedFor));
        }
        client.waiting().ask(() -> statistics.loopback().gates(way, limits)).stream()
                .map(gate -> gate.unlessEnded(stopped.getAsBoolean()))
                .forEach(gates::add);
        return gates;
    }

    /**
     * Returns the gates of features.
     *
     * @param enough whether there were enough calls and users for one of each kind with a third
     *     user
     * @param known whether the phone system is the embedded one
     */
    List<Gate> features(boolean enough, boolean known) {
        return client
                .waiting()
                .ask(() -> {
                    List<Gate> gates = new ArrayList<>(statistics.features().gates(settings.features(), enough));
                    if (settings.features().contains(CallFeature.LAMPS)) {
                        gates.add(client.lamps().gate());
                    }
                    if (settings.features().contains(CallFeature.TEXTS)) {
                        gates.addAll(client.texts().gates(known));
                    }
                    return gates;
                })
                .stream()
                .map(gate -> gate.unlessEnded(stopped.getAsBoolean()))
                .toList();
    }

    private List<Gate> ofCalls() {
        return client.waiting()
                .ask(() -> List.of(
                        faultless(),
                        heard(),
                        stalled(),
                        missing(),
                        excused(),
                        silent(),
                        unlessStopped(
                                "dtmf-received",
                                "DTMF digits received, once and in order",
                                statistics.keysArrived() + " of " + statistics.keysPressed(),
                                "all, and at least one",
                                statistics.keysPressed() > 0 && statistics.keysArrived() == statistics.keysPressed(),
                                Figure.share(statistics.keysArrived(), statistics.keysPressed())),
                        spoken(),
                        lost(),
                        defects()));
    }

    private Gate faultless() {
        long attempted = statistics.attemptedCalls();
        long faulty = attempted - statistics.finishedCalls() + statistics.failedCalls();
        return Gate.of(
                        "calls-without-fault",
                        "calls without fault",
                        attempted - faulty + " of " + attempted,
                        "all, and at least one",
                        attempted > 0 && faulty == 0,
                        String.join(", ", statistics.faults()))
                .measuredAs(Figure.share(attempted - faulty, attempted))
                .unlessEnded(stopped.getAsBoolean());
    }

    private Gate silent() {
        long directions = statistics.directionsOnHold();
        return Gate.of(
                        "silence-on-hold",
                        "silence at both ends while on hold",
                        statistics.silentDirections() + " of " + directions,
                        "all, and at least two",
                        directions > 1 && statistics.silentDirections() == directions,
                        String.join(", ", statistics.holdFaults()))
                .measuredAs(Figure.share(statistics.silentDirections(), directions))
                .unlessEnded(stopped.getAsBoolean());
    }

    private Gate heard() {
        long judged = statistics.judgedDirections() - statistics.stalledDirections();
        return Gate.of(
                        "speech-heard",
                        "speech heard at the receiving end",
                        statistics.verifiedDirections() + " of " + judged,
                        "all, and at least two",
                        judged > 1 && statistics.verifiedDirections() == judged,
                        String.join(", ", statistics.unheard()))
                .measuredAs(Figure.share(statistics.verifiedDirections(), judged))
                .unlessEnded(stopped.getAsBoolean());
    }

    private Gate stalled() {
        long stalled = statistics.stalledDirections();
        return unlessStopped(
                "speech-not-judged",
                "speech that could not be judged, as the machine stalled",
                stalled + " of " + statistics.judgedDirections(),
                String.format(Locale.ROOT, "at most %.0f %%", MOST_STALLED_PERCENT),
                100.0 * stalled <= MOST_STALLED_PERCENT * statistics.judgedDirections(),
                Figure.atMost(Figure.percent(stalled, statistics.judgedDirections()), MOST_STALLED_PERCENT, "%"));
    }

    private Gate missing() {
        double gaps = statistics.audio().meanGapPercent();
        double mostGaps = settings.speechLimits().gapPercent() / 5;
        return unlessStopped(
                "speech-lost",
                "speech lost, over all calls",
                String.format(Locale.ROOT, "%.2f %%", gaps),
                String.format(Locale.ROOT, "at most %.1f %%", mostGaps),
                gaps <= mostGaps,
                Figure.atMost(gaps, mostGaps, "%"));
    }

    /**
     * Checks that the requested packet loss was heard, and not far more: otherwise the network was
     * not as requested.
     */
    private Gate lossAskedFor() {
        double asked = settings.impairment().lossPercentAfter(2);
        double heard = statistics.meanHurtPercent();
        boolean so = heard >= LEAST_HEARD_OF_LOSS * asked && heard <= MOST_HEARD_OF_LOSS * asked;
        return unlessStopped(
                "loss-asked-for",
                "speech damaged by the requested loss",
                String.format(Locale.ROOT, "%.1f %%", heard),
                String.format(Locale.ROOT, "%.1f to %.1f %%", LEAST_HEARD_OF_LOSS * asked, MOST_HEARD_OF_LOSS * asked),
                so,
                Figure.atMost(heard, MOST_HEARD_OF_LOSS * asked, "%"));
    }

    private Gate excused() {
        double excused = statistics.audio().excusedPercent();
        return unlessStopped(
                "speech-lost-in-stalls",
                "speech lost while the machine stalled, over all calls",
                String.format(Locale.ROOT, "%.2f %%", excused),
                String.format(Locale.ROOT, "at most %.1f %%", MOST_EXCUSED_PERCENT),
                excused <= MOST_EXCUSED_PERCENT,
                Figure.atMost(excused, MOST_EXCUSED_PERCENT, "%"));
    }

    private Gate spoken() {
        ResultsByMedia media = statistics.media();
        return Gate.of(
                        "codecs-and-keys",
                        "call ends that used a codec and keys of their account",
                        media.ends() - media.wrongEnds() + " of " + media.ends(),
                        "all, and at least two",
                        media.ends() > 1 && media.wrongEnds() == 0,
                        media.codecs())
                .measuredAs(Figure.share(media.ends() - media.wrongEnds(), media.ends()))
                .unlessEnded(stopped.getAsBoolean());
    }

    private Gate lost() {
        int lost = client.registrations().failures();
        return Gate.of(
                        "registrations-lost",
                        "registrations that failed or were lost",
                        Integer.toString(lost),
                        "0",
                        lost == 0,
                        String.join(", ", statistics.registrationFailures()))
                .measuredAs(Figure.atMost(lost, 0, ""))
                .unlessEnded(stopped.getAsBoolean());
    }

    private Gate defects() {
        int defects = client.defects().size();
        return Gate.of(
                        "engine-exceptions",
                        "exceptions inside the engine",
                        Integer.toString(defects),
                        "0",
                        defects == 0,
                        String.join(", ", client.defects()))
                .measuredAs(Figure.atMost(defects, 0, ""));
    }

    /**
     * Returns the gate of the phone system's internal failures, if it can be asked, up to its end.
     */
    static List<Gate> phoneSystem(SoakPhoneSystem closed) {
        int failures = closed.failures();
        return failures < 0
                ? List.of()
                : List.of(Gate.of(
                                "phone-system-failures",
                                "failures inside the phone system",
                                Integer.toString(failures),
                                "0",
                                failures == 0,
                                String.join(", ", closed.failurePlaces()))
                        .measuredAs(Figure.atMost(failures, 0, "")));
    }

    private Gate unlessStopped(String id, String title, String measured, String limit, boolean green, Figure figure) {
        return Gate.of(id, title, measured, limit, green).measuredAs(figure).unlessEnded(stopped.getAsBoolean());
    }
}
