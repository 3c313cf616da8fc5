// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.RecordingCheck;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.driver.CallDriver;
import com.techpro.callclient.testkit.soak.driver.CallEnds;
import com.techpro.callclient.testkit.soak.driver.CallLeg;
import com.techpro.callclient.testkit.soak.driver.PendingConditions;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a call of a {@link LoadUser}. Its methods block the caller's thread; none may be
 * called on the loop.
 */
public final class LoadCall {
    private static final Duration JUDGING_LIMIT = Duration.ofSeconds(60);

    /**
     * A phone system between the two ends connects the audio shortly after the answer; in samples.
     */
    private static final int WAY_OPENS = SpeechClip.SAMPLE_RATE * 3 / 10;

    private final LoadUser user;
    private final PendingConditions context;
    private final CallEnds ends;
    private final CallDriver driver;

    // Owned by the loop:
    private CallLeg leg;
    private Duration stalledBefore = Duration.ZERO;

    LoadCall(LoadUser user, CallLeg leg) {
        this.user = user;
        this.context = new PendingConditions(user.loop());
        AudioClock clock = user.environment().clock();
        this.ends = new CallEnds(context, user.loop(), clock, call -> call.addListener(this::changed));
        this.driver = new CallDriver(context, user.loop(), clock, ends);
        this.leg = ends.add(leg);
    }

    /** On the loop. */
    void begin(Call call) {
        leg.dialled(user.loop().nanoTime());
        stalledBefore = user.environment().stalled();
        ends.begin(leg, call);
        leg.begun(call.snapshot());
    }

    private void changed(Call call, CallEvent event) {
        ends.changed(call, event);
    }

    /**
     * Waits until the two ends can talk.
     *
     * @return the time from dialling, or from the answer here
     * @throws StepFailedException with how the call ended instead
     */
    public Duration awaitTalking() throws StepFailedException {
        driver.awaitTalking("dialling", leg);
        return user.ask(() -> Objects.requireNonNull(leg.untilTalking(), "it talks"));
    }

    /**
     * Waits until the other end has answered, even if they cannot hear each other yet.
     *
     * @return the time from dialling
     * @throws StepFailedException with how the call ended instead
     */
    public Duration awaitAnswered() throws StepFailedException {
        driver.await("dialling", CallDriver.SET_UP_LIMIT, () -> leg.untilAnswered() != null);
        return user.ask(() -> Objects.requireNonNull(leg.untilAnswered(), "it was answered"));
    }

    /**
     * Returns how long the other phone rang until its answer; zero if it did not ring, or was not
     * answered.
     */
    public Duration rang() {
        return user.ask(() -> {
            Duration ringing = leg.untilRinging();
            Duration answered = leg.untilAnswered();
            return ringing == null || answered == null ? Duration.ZERO : answered.minus(ringing);
        });
    }

    /**
     * Returns for how long this machine has held up its audio threads since the call was dialled:
     * by so much what was measured may be too long.
     */
    public Duration stalled() {
        return user.ask(() -> user.environment().stalled().minus(stalledBefore));
    }

    /** Returns the time from dialling until the other phone rang, or answered without ringing. */
    public Duration firstAnswer() {
        return user.ask(() -> {
            Duration ringing = leg.untilRinging();
            Duration first = ringing == null ? leg.untilTalking() : ringing;
            return first == null ? Duration.ZERO : first;
        });
    }

    /** From now on every word of the other end must be heard here. */
    public void listen() {
        driver.listen(WAY_OPENS, leg);
    }

    /**
     * Talks for a time; every word must be heard.
     *
     * @throws StepFailedException if the call ended before
     */
    public void talk(Duration time) throws StepFailedException {
        listen();
        last("talking", time);
    }

    /**
     * Lets the call continue for a time.
     *
     * @throws StepFailedException if the call ended before
     */
    public void last(String step, Duration time) throws StepFailedException {
        driver.last(step, time);
    }

    /** Ends the period in which speech is due. */
    public void fallSilent() {
        driver.fallSilent();
    }

    /**
     * Holds the other end for a time in which nobody may be heard, and resumes.
     *
     * @throws StepFailedException if the phone system does not do so, or the call ends
     */
    public void hold(Duration time) throws StepFailedException {
        driver.hold(leg, null, HoldState.REMOTE);
        driver.resumeAfter(time, leg, null, HoldState.REMOTE);
    }

    /** Sends DTMF digits. */
    public void press(String keys) {
        driver.press(leg, keys);
    }

    /**
     * Transfers the other end to another number.
     *
     * @throws StepFailedException if the transfer fails
     */
    public void transfer(String number) throws StepFailedException {
        driver.transfer(leg, number);
        var unused = driver.awaitTransferred(leg);
    }

    /**
     * This end continues with another far end: forgets the audio heard so far, and judges what
     * follows.
     */
    public void continueWithAnother() {
        leg = driver.continued(leg);
    }

    /** Waits until the call goes on after a change of this phone's network. */
    void awaitMoved() throws StepFailedException {
        driver.poll("moving", () -> {
            CallQuality now = leg.call().snapshot().quality();
            return now != null && now.receiving().interruption() != null;
        });
    }

    /**
     * Hangs up, and waits until the call has ended.
     *
     * @return how long that took
     */
    public Duration hangUp() throws StepFailedException {
        long began = user.loop().nanoTime();
        driver.hangUp(leg, null);
        return Duration.ofNanos(user.loop().nanoTime() - began);
    }

    /** Hangs up if that has not been done, without waiting. */
    public void hangUpWithoutWaiting() {
        leg.call().hangUp();
    }

    /** Waits until the other end has hung up. */
    public void awaitOver() throws StepFailedException {
        if (!context.until(leg::isGone, CallDriver.STEP_LIMIT)) {
            throw new StepFailedException("stuck-hanging-up", "the call does not end");
        }
    }

    /** Judges what this end heard of its own speech, from an echoing far end. */
    public HeardSpeech heardEcho() throws StepFailedException {
        CompletableFuture<HeardSpeech> found = new CompletableFuture<>();
        context.run(() -> user.verification()
                .judgeEcho(leg, (speech, onHold) -> found.complete(new HeardSpeech(speech, onHold, leg.quality()))));
        return judged(found);
    }

    /** Judges what this end heard of the other, which is a user here too. */
    public HeardSpeech heard(LoadCall other) throws StepFailedException {
        CompletableFuture<HeardSpeech> found = new CompletableFuture<>();
        context.run(() -> user.verification()
                .judge(
                        0,
                        leg,
                        other.leg,
                        heard -> found.complete(new HeardSpeech(
                                heard.speech().get(1), heard.onHold().get(1), leg.quality()))));
        return judged(found);
    }

    /** Excludes the audio heard so far from judgement. */
    public void forgetHeard() {
        leg.audio().forget();
    }

    /** Returns the present position of the shared audio clock, which numbers what is said now. */
    public long position() {
        return user.environment().clock().position();
    }

    /**
     * Judges what this end heard of a recording from another call, such as a voicemail, made
     * between two positions.
     *
     * @param length the most that is judged, from the first sound on
     * @return null if nothing of it is there
     */
    public @Nullable SpeechVerdict heardRecording(LoadCall recorded, long from, long to, Duration length)
            throws StepFailedException {
        CompletableFuture<@Nullable SpeechVerdict> found = new CompletableFuture<>();
        leg.audio()
                .recording(heard -> user.environment()
                        .judges()
                        .execute(() -> found.complete(
                                RecordingCheck.find(recorded.leg.talk(), heard, from, to, length, user.limits()))));
        return judged(found);
    }

    private static <T extends @Nullable Object> T judged(CompletableFuture<T> found) throws StepFailedException {
        try {
            return found.get(JUDGING_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailedException("interrupted", "the test was stopped");
        } catch (ExecutionException | TimeoutException e) {
            throw new StepFailedException("stuck-judging", "this machine has no time to judge what it heard");
        }
    }
}
