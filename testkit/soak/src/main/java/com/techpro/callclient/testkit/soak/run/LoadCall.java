// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.verify.RecordingCheck;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One end of a call of a {@link LoadUser}. Its methods block the caller's thread; none may be
 * called on the loop.
 */
public final class LoadCall {
    private static final Duration STEP_LIMIT = Duration.ofSeconds(12);
    /**
     * Longer than a transaction's timeout (RFC 3261 timer B), so that its failure is reported and
     * not this limit.
     */
    private static final Duration SET_UP_LIMIT = Duration.ofSeconds(40);

    private static final Duration JUDGING_LIMIT = Duration.ofSeconds(60);

    /**
     * A phone system between the two ends connects the audio shortly after the answer; in samples.
     */
    private static final int WAY_OPENS = SpeechClip.SAMPLE_RATE * 3 / 10;

    private final LoadUser user;
    private final PendingConditions pending;

    // Owned by the loop:
    private CallLeg leg;
    private long dialledAt;
    private @Nullable Duration firstRing;
    private @Nullable Duration answered;
    private @Nullable Duration setUp;
    private @Nullable TransferOutcome transfer;

    LoadCall(LoadUser user, CallLeg leg) {
        this.user = user;
        this.leg = leg;
        this.pending = new PendingConditions(user.loop());
    }

    /** On the loop. */
    void dialled(Call call) {
        dialledAt = user.loop().nanoTime();
        follow(call);
    }

    private void follow(Call call) {
        leg.call = call;
        leg.latest = call.snapshot();
        call.addListener(this::changed);
    }

    private void changed(Call call, CallEvent event) {
        if (!call.id().equals(call().id())) {
            return;
        }
        leg.latest = event.after();
        Duration since = Duration.ofNanos(user.loop().nanoTime() - dialledAt);
        if (firstRing == null && event.after().ringing() != null) {
            firstRing = since;
        }
        if (answered == null && event.after().state() == CallState.ESTABLISHED) {
            answered = since;
        }
        if (setUp == null && leg.talks()) {
            setUp = since;
        }
        if (event instanceof CallEvent.Ended) {
            leg.nothingDue(user.environment().clock());
        } else if (event instanceof CallEvent.TransferRequested) {
            var unused = call.acceptTransfer();
        } else if (event instanceof CallEvent.TransferFollowed followed) {
            follow(followed.next());
        }
        pending.look();
    }

    /**
     * Waits until the two ends can talk.
     *
     * @return the time from dialling, or from the answer here
     * @throws StepFailedException with how the call ended instead
     */
    public Duration awaitTalking() throws StepFailedException {
        await("dialling", () -> leg.talks(), SET_UP_LIMIT);
        return user.ask(() -> Objects.requireNonNull(setUp, "it talks"));
    }

    /**
     * Waits until the other end has answered, even if they cannot hear each other yet.
     *
     * @return the time from dialling
     * @throws StepFailedException with how the call ended instead
     */
    public Duration awaitAnswered() throws StepFailedException {
        await("dialling", () -> answered != null, SET_UP_LIMIT);
        return user.ask(() -> Objects.requireNonNull(answered, "it was answered"));
    }

    /**
     * Returns how long the other phone rang until its answer; zero if it did not ring, or was not
     * answered.
     */
    public Duration rang() {
        return user.ask(() -> answered == null || firstRing == null ? Duration.ZERO : answered.minus(firstRing));
    }

    /** Returns the time from dialling until the other phone rang, or answered without ringing. */
    public Duration firstAnswer() {
        return user.ask(() -> firstRing != null ? firstRing : setUp != null ? setUp : Duration.ZERO);
    }

    /** From now on every word of the other end must be heard here. */
    public void listen() {
        user.ask(() -> {
            leg.speech.begin(user.environment().clock().position() + WAY_OPENS);
            return true;
        });
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
        if (pending.await(this::isOver, time)) {
            throw ended(step);
        }
    }

    /** Ends the period in which speech is due. */
    public void fallSilent() {
        user.ask(() -> {
            leg.nothingDue(user.environment().clock());
            return true;
        });
    }

    /**
     * Holds the other end for a time in which nobody may be heard, and resumes.
     *
     * @throws StepFailedException if the phone system does not do so, or the call ends
     */
    public void hold(Duration time) throws StepFailedException {
        fallSilent();
        var unusedHold = call().hold();
        await("holding", () -> hold() == HoldState.LOCAL, STEP_LIMIT);
        user.ask(() -> {
            leg.silence.begin(user.environment().clock().position());
            return true;
        });
        last("held", time);
        fallSilent();
        var unusedResume = call().resume();
        await("resuming", () -> hold() == HoldState.NONE, STEP_LIMIT);
    }

    /** Sends DTMF digits. */
    public void press(String keys) {
        var unused = call().sendDtmf(keys);
    }

    /**
     * Transfers the other end to another number.
     *
     * @throws StepFailedException if the transfer fails
     */
    public void transfer(String number) throws StepFailedException {
        fallSilent();
        call().transfer(number)
                .thenAccept(outcome -> user.loop().execute(() -> {
                    transfer = outcome;
                    pending.look();
                }));
        if (!pending.await(
                () -> transfer != null && (isOver() || transfer instanceof TransferOutcome.Failed), SET_UP_LIMIT)) {
            throw new StepFailedException("stuck-transferring", "nobody told what became of the transfer");
        }
        TransferOutcome outcome = user.ask(() -> Objects.requireNonNull(transfer, "it was told"));
        if (outcome instanceof TransferOutcome.Failed failed) {
            throw new StepFailedException(
                    failed.failure().code(), failed.failure().advice());
        } else if (outcome instanceof TransferOutcome.Refused refused) {
            throw new StepFailedException("transfer-refused", refused.reason().name());
        }
    }

    /**
     * This end continues with another far end: forgets the audio heard so far, and judges what
     * follows.
     */
    public void continueWithAnother() {
        user.ask(() -> {
            leg = leg.continued();
            leg.audio.forget();
            return true;
        });
    }

    /**
     * Hangs up, and waits until the call has ended.
     *
     * @return how long that took
     */
    public Duration hangUp() throws StepFailedException {
        fallSilent();
        long began = user.loop().nanoTime();
        call().hangUp();
        if (!pending.await(this::isOver, SET_UP_LIMIT)) {
            throw new StepFailedException("stuck-hanging-up", "the call does not end");
        }
        return Duration.ofNanos(user.loop().nanoTime() - began);
    }

    /** Hangs up if that has not been done, without waiting. */
    public void hangUpWithoutWaiting() {
        call().hangUp();
    }

    /** Waits until the other end has hung up. */
    public void awaitOver() throws StepFailedException {
        if (!pending.await(this::isOver, STEP_LIMIT)) {
            throw new StepFailedException("stuck-hanging-up", "the call does not end");
        }
    }

    /** Judges what this end heard of its own speech, from an echoing far end. */
    public HeardSpeech heardEcho() throws StepFailedException {
        CompletableFuture<HeardSpeech> found = new CompletableFuture<>();
        user.ask(() -> {
            user.verification()
                    .judgeEcho(leg, (speech, onHold) -> found.complete(new HeardSpeech(speech, onHold, quality())));
            return true;
        });
        return judged(found);
    }

    /** Judges what this end heard of the other, which is a user here too. */
    public HeardSpeech heard(LoadCall other) throws StepFailedException {
        CompletableFuture<HeardSpeech> found = new CompletableFuture<>();
        user.ask(() -> {
            user.verification()
                    .judge(
                            0,
                            leg,
                            other.leg,
                            heard -> found.complete(new HeardSpeech(
                                    heard.speech().get(1), heard.onHold().get(1), quality())));
            return true;
        });
        return judged(found);
    }

    /** Excludes the audio heard so far from judgement. */
    public void forgetHeard() {
        leg.audio.forget();
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
        leg.audio.recording(heard -> user.environment()
                .judges()
                .execute(() -> found.complete(
                        RecordingCheck.find(recorded.leg.talk, heard, from, to, length, user.limits()))));
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

    private void await(String step, BooleanSupplier condition, Duration limit) throws StepFailedException {
        if (!pending.await(() -> isOver() || condition.getAsBoolean(), limit)) {
            throw new StepFailedException("stuck-" + step, "not within " + limit.toSeconds() + " s");
        }
        if (user.ask(this::isOver)) {
            throw ended(step);
        }
    }

    private StepFailedException ended(String step) {
        CallSnapshot after = user.ask(() -> Objects.requireNonNull(leg.latest, "it has ended"));
        CallEnding ending = after.ending();
        String advice =
                ending instanceof CallEnding.Failed failed ? failed.failure().advice() : "";
        return new StepFailedException(
                ending == null ? "ended" : ending.code(),
                after.status(),
                ("the call ended while " + step + ". " + advice).strip());
    }

    private boolean isOver() {
        CallSnapshot now = leg.latest;
        return now != null && now.state() == CallState.ENDED;
    }

    private @Nullable HoldState hold() {
        CallSnapshot now = leg.latest;
        return now == null ? null : now.hold();
    }

    private @Nullable CallQuality quality() {
        CallSnapshot now = leg.latest;
        return now == null ? null : now.quality();
    }

    private Call call() {
        return Objects.requireNonNull(leg.call, "it was dialled");
    }
}
