// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.HeardSpeech;
import com.techpro.callclient.testkit.soak.run.LoadCall;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.JMeterVariables;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a sample: a sub-sample each, with figures that {@code sample_variables} writes
 * beside it.
 */
final class Steps {
    /** The name of each figure in {@code sample_variables}. */
    enum Figure {
        SET_UP("setUpMillis"),
        RELEASE("releaseMillis"),
        LOSS("speechLossPercent"),
        DELAY("delayMillis"),
        MOS("mos"),
        EXCUSED("excusedPercent"),
        LATE("lateMillis"),
        STALLED("stalledMillis"),
        FAILURE("failure");

        private final String variable;

        Figure(String variable) {
            this.variable = variable;
        }

        String variable() {
            return variable;
        }
    }

    private static final String OK = "200";

    /** All speech was heard, except what stalls of this machine may have cost. */
    private static final String EXCUSED = "speech-excused";

    private static final String LATE = "late-start";
    /** An attempt that starts later than this is late. */
    private static final long LATEST_START_MILLIS = 100;

    private final String name;
    private final SampleResult whole;
    /** Whether it had a scheduled start. */
    private final boolean scheduled;
    /** How much later than intended it began. */
    private final long late;

    private double worstLoss = -1;
    private double worstMos = -1;
    private double mostExcused;
    private boolean ended;

    /** Begins now. */
    Steps(String name) {
        this(name, OptionalLong.empty());
    }

    /**
     * Begins at the scheduled time: the wait until now counts as part of the sample's time.
     *
     * @param intended in epoch milliseconds; empty without a schedule
     */
    Steps(String name, OptionalLong intended) {
        this.name = name;
        long now = System.currentTimeMillis();
        long began = Math.min(intended.orElse(now), now);
        this.late = now - began;
        this.scheduled = intended.isPresent();
        this.whole = scheduled ? SampleResult.createTestSample(began, began) : new SampleResult();
        for (Figure figure : Figure.values()) {
            put(figure, "");
        }
        whole.setResponseCode(OK);
        whole.setResponseMessage("OK");
        whole.setSuccessful(true);
        whole.setDataType(SampleResult.TEXT);
        if (scheduled) {
            put(Figure.LATE, Long.toString(now - intended.getAsLong()));
            boolean inTime = late <= LATEST_START_MILLIS;
            add(
                    "start",
                    Duration.ofMillis(late),
                    inTime ? OK : LATE,
                    inTime ? "OK" : "began more than " + LATEST_START_MILLIS + " ms after it was to",
                    inTime);
        } else {
            whole.sampleStart();
        }
    }

    /** A task that may fail. */
    interface Step {
        void run() throws StepFailedException;
    }

    /** Runs a task, and records its duration and success. */
    void time(String step, Step action) throws StepFailedException {
        long began = System.nanoTime();
        try {
            action.run();
        } catch (StepFailedException e) {
            add(step, since(began), code(e), String.valueOf(e.getMessage()), false);
            throw e;
        }
        add(step, since(began), OK, "OK", true);
    }

    /** Waits for the other end. */
    interface Answer {
        Duration await() throws StepFailedException;
    }

    /**
     * Waits until a dialled call is established. The latency is the time to the first ringing, the
     * connect time that to the answer.
     */
    Duration setUp(LoadCall call) throws StepFailedException {
        return setUp(call, call::awaitTalking);
    }

    /** As above, with another wait for the set-up; both times count from the intended start. */
    Duration setUp(LoadCall call, Answer answer) throws StepFailedException {
        long began = System.nanoTime();
        try {
            Duration took = answer.await();
            add("set-up", took, OK, "OK", true);
            long waited = scheduled
                    ? Math.max(late, whole.currentTimeInMillis() - whole.getStartTime() - took.toMillis())
                    : 0;
            whole.setLatency(waited + call.firstAnswer().toMillis());
            whole.setConnectTime(waited + took.toMillis());
            put(Figure.SET_UP, Long.toString(took.toMillis()));
            put(Figure.STALLED, Long.toString(call.stalled().toMillis()));
            return took;
        } catch (StepFailedException e) {
            add("set-up", since(began), code(e), String.valueOf(e.getMessage()), false);
            throw e;
        }
    }

    /**
     * Waits until a dialled call is refused. The sample is a success only with the expected status.
     */
    void refused(LoadCall call, int expected) throws StepFailedException {
        long began = System.nanoTime();
        try {
            call.awaitTalking();
        } catch (StepFailedException e) {
            boolean so = e.status() == expected;
            add("refusal", since(began), code(e), String.valueOf(e.getMessage()), so);
            if (!so) {
                throw e;
            }
            whole.setResponseCode(code(e));
            whole.setResponseMessage("refused as expected");
            return;
        }
        add("refusal", since(began), OK, "answered", false);
        throw failed("answered", "it was answered, and " + expected + " was expected");
    }

    void release(LoadCall call) throws StepFailedException {
        long began = System.nanoTime();
        try {
            Duration took = call.hangUp();
            add("release", took, OK, "OK", true);
            put(Figure.RELEASE, Long.toString(took.toMillis()));
        } catch (StepFailedException e) {
            add("release", since(began), code(e), String.valueOf(e.getMessage()), false);
            throw e;
        }
    }

    /** Records the speech heard. The sample is a success only if each word was heard. */
    void speech(HeardSpeech heard) throws StepFailedException {
        CallQuality quality = heard.quality();
        if (quality != null) {
            worstMos = worstMos < 0
                    ? quality.latest().mos()
                    : Math.min(worstMos, quality.latest().mos());
            put(Figure.MOS, decimal(worstMos));
        }
        SpeechVerdict verdict = heard.speech();
        put(Figure.DELAY, Long.toString(verdict.delay().toMillis()));
        speech(
                verdict,
                String.format(
                                Locale.ROOT,
                                ", %d ms late, %+.1f dB, up to %d Hz",
                                verdict.delay().toMillis(),
                                verdict.levelDb(),
                                verdict.bandHertz())
                        + (quality == null
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        ", MOS %.2f, %s",
                                        quality.latest().mos(),
                                        quality.codec())));
    }

    /** As above for a recording, which has no delay and no MOS; null if nothing was heard. */
    void recorded(@Nullable SpeechVerdict verdict) throws StepFailedException {
        if (verdict == null) {
            add("speech", Duration.ZERO, "speech-nothing-heard", "nothing of it was heard", false);
            throw failed("speech-nothing-heard", "nothing of it was heard");
        }
        speech(verdict, "");
    }

    private void speech(SpeechVerdict verdict, String besides) throws StepFailedException {
        worstLoss = Math.max(worstLoss, verdict.gapPercent());
        put(Figure.LOSS, decimal(worstLoss));
        String told = String.format(
                Locale.ROOT,
                "%.1f s compared, %.2f %% lost%s",
                verdict.compared().toMillis() / 1_000.0,
                verdict.gapPercent(),
                besides);
        boolean excused = verdict.verified() && verdict.excusedPercent() > 0;
        String code = excused
                ? EXCUSED
                : verdict.verified() ? OK : "speech-" + verdict.outcome().code();
        add("speech", verdict.compared(), code, told, verdict.verified());
        if (excused) {
            excuse(verdict);
        }
        if (!verdict.verified()) {
            // Always the same text, so that the dashboard can count it; the figures are in the
            // step.
            throw failed(code, "not each word was heard as it was said");
        }
    }

    /**
     * Records a success that this machine's stalls excuse: with its own code, and a step by which
     * the dashboard counts it.
     */
    private void excuse(SpeechVerdict verdict) {
        mostExcused = Math.max(mostExcused, verdict.excusedPercent());
        put(Figure.EXCUSED, decimal(mostExcused));
        Duration missed = Duration.ofMillis(Math.round(verdict.compared().toMillis() * verdict.excusedPercent() / 100));
        String told =
                String.format(Locale.ROOT, "%.2f %% missing while this machine stalled", verdict.excusedPercent());
        add("excused", missed, EXCUSED, told, true);
        whole.setResponseCode(EXCUSED);
        whole.setResponseMessage("heard, but for speech that was missing while this machine stalled");
    }

    /** Records the limits. The sample is a success only if its call kept to each. */
    void limits(List<CallLimit> limits) throws StepFailedException {
        CallLimit broken = null;
        for (CallLimit limit : limits) {
            add(limit.parameter().key(), Duration.ZERO, limit.kept() ? OK : limit.code(), limit.told(), limit.kept());
            broken = broken == null && !limit.kept() ? limit : broken;
        }
        if (broken != null) {
            throw failed(broken.code(), "not " + broken.bound());
        }
    }

    /** Records the audio on hold. The sample is a success only if there was none. */
    void silence(SilenceVerdict verdict) throws StepFailedException {
        boolean silent = verdict.outcome() == SilenceVerdict.Outcome.SILENT;
        String code = silent ? OK : verdict.outcome().code();
        String told =
                verdict.audible().toMillis() + " ms of " + verdict.judged().toMillis() + " were audible";
        add("held", verdict.judged(), code, told, silent);
        if (!silent) {
            throw failed(code, told);
        }
    }

    static StepFailedException failed(String code, String told) {
        return StepFailedException.because(code, told);
    }

    /** Marks the whole sample as failed. */
    void fail(String code, String message) {
        whole.setResponseCode(code);
        whole.setResponseMessage(message);
        whole.setSuccessful(false);
        put(Figure.FAILURE, code);
    }

    void fail(StepFailedException e) {
        fail(code(e), e.code() + ": " + e.getMessage());
        put(Figure.FAILURE, e.code());
    }

    SampleResult end() {
        if (!ended) {
            ended = true;
            whole.setEndTime(whole.currentTimeInMillis());
        }
        return whole;
    }

    private void add(String step, Duration took, String code, String message, boolean success) {
        SampleResult part = new SampleResult();
        long end = System.currentTimeMillis();
        part.setSampleLabel(name + ' ' + step);
        part.setStampAndTime(part.isStampedAtStart() ? end - took.toMillis() : end, took.toMillis());
        part.setResponseCode(code);
        part.setResponseMessage(message);
        part.setSuccessful(success);
        part.setDataType(SampleResult.TEXT);
        whole.storeSubResult(part, false);
    }

    /** Returns the phone system's status if it failed with one, else the engine's word. */
    private static String code(StepFailedException e) {
        return e.status() == 0 ? e.code() : Integer.toString(e.status());
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static void put(Figure figure, String value) {
        JMeterVariables variables = JMeterContextService.getContext().getVariables();
        if (variables != null) {
            variables.put(figure.variable(), value);
        }
    }
}
