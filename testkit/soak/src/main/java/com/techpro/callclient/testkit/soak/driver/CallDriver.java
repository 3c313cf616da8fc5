// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of test calls: dial, ring, answer, talk, hold, press, transfer, hang up. A verb returns
 * when it is done. It throws if a call ends otherwise than expected, or if a limit passes. One
 * driver has the ends of one test call. Its script calls the verbs.
 */
public final class CallDriver {
    public static final Duration STEP_LIMIT = Duration.ofSeconds(12);
    /**
     * Longer than a transaction's timeout (RFC 3261 timer B), so that its failure is reported and
     * not this limit.
     */
    public static final Duration SET_UP_LIMIT = Duration.ofSeconds(40);

    /** The least length of a hold, once it has settled. */
    private static final Duration LEAST_HELD = Duration.ofMillis(300);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    /**
     * A digit counts at the first packet that ends it, which is sent three times instead of voice
     * (RFC 4733 §2.5.1.4): 60 ms, in samples.
     */
    private static final int LAST_KEY_ENDS = 3 * SpeechClip.FRAME;
    /**
     * After the answer a phone checks its candidate pairs, 50 ms apart, and nominates one (RFC 8445
     * §14.2). A lite side sends nothing before that (§12.1.2): 120 ms, in samples.
     */
    private static final int PATH_FOUND = 6 * SpeechClip.FRAME;

    private final ScriptContext context;
    private final Loop loop;
    private final AudioClock clock;
    private final CallEnds ends;

    /** @param ends of this call */
    public CallDriver(ScriptContext context, Loop loop, AudioClock clock, CallEnds ends) {
        this.context = context;
        this.loop = loop;
        this.clock = clock;
        this.ends = ends;
    }

    /** The end's call goes on with another far end: what is heard from now on is judged apart. */
    public CallLeg continued(CallLeg end) {
        return context.ask(() -> ends.continued(end));
    }

    /** Sets how this end's call is expected to end. */
    public void expect(CallLeg end, Class<? extends CallEnding> ending) {
        context.run(() -> ends.expect(end, ending));
    }

    public void dial(CallLeg from, String number) {
        context.run(() -> {
            from.dialled(loop.nanoTime());
            ends.begin(from, from.extension().account().dial(number, from.options()));
        });
    }

    /** Waits until it rings there, lets it ring for a time, and answers. */
    public void answer(String step, CallLeg end, Duration ringing) throws StepFailedException {
        await(step, SET_UP_LIMIT, end::hasCall);
        last(step, ringing);
        context.run(() -> {
            var unused = end.call().answer(end.options());
        });
    }

    /** Waits until all of them can talk. */
    public void awaitTalking(String step, CallLeg... talkers) throws StepFailedException {
        await(step, SET_UP_LIMIT, () -> Stream.of(talkers).allMatch(CallLeg::talks));
    }

    /** Talks for a time; every word must be heard. */
    public void talk(Duration time, CallLeg... talkers) throws StepFailedException {
        listen(pathFound(talkers), talkers);
        last("talking", time);
    }

    /** As {@link #talk}, without a path that must be found first. */
    public void talkOn(Duration time, CallLeg... talkers) throws StepFailedException {
        listen(0, talkers);
        last("talking", time);
    }

    /** From so many samples on, every word must be heard. */
    public void listen(int after, CallLeg... talkers) {
        context.run(() -> {
            long from = clock.position() + after;
            Stream.of(talkers).forEach(talker -> talker.speech.begin(from));
        });
    }

    private static int pathFound(CallLeg... talkers) {
        return Stream.of(talkers).allMatch(talker -> talker.extension().media().path() == MediaChoice.Path.WITHOUT_ICE)
                ? 0
                : PATH_FOUND;
    }

    /** From now on nothing is due. */
    public void fallSilent() {
        context.run(ends::fallSilent);
    }

    /** Lets the calls go on for a time. */
    public void last(String step, Duration time) throws StepFailedException {
        var unused = context.until(ends::isBroken, time);
        throwIfBroken(step);
    }

    /**
     * Holds the far end.
     *
     * @param other its end, if it is here
     * @param told what it is told
     */
    public void hold(CallLeg holder, @Nullable CallLeg other, HoldState told) throws StepFailedException {
        fallSilent();
        context.run(() -> {
            var unused = holder.call().hold();
        });
        await("holding", STEP_LIMIT, () -> holder.hold() == HoldState.LOCAL && (other == null || other.hold() == told));
    }

    /** Keeps the hold for a time, in which nothing may be heard, and then resumes the call. */
    public void resumeAfter(Duration time, CallLeg holder, @Nullable CallLeg other, HoldState told)
            throws StepFailedException {
        context.run(() -> {
            long now = clock.position();
            holder.silence.begin(now);
            if (other != null) {
                other.silence.begin(now);
            }
        });
        last("held", time);
        // Not before the cards, which may be late, have played enough of the hold to judge it.
        while (context.ask(() -> holder.silence.lasted(clock.played())).compareTo(LEAST_HELD) < 0) {
            last("held", LOOK_AGAIN);
        }
        if (other != null && told == HoldState.NONE) {
            context.run(holder::rejoined);
        }
        resume(holder, other);
    }

    /** Talks to a held far end again. */
    public void resume(CallLeg holder, @Nullable CallLeg other) throws StepFailedException {
        fallSilent();
        context.run(() -> {
            var unused = holder.call().resume();
        });
        await(
                "resuming",
                STEP_LIMIT,
                () -> holder.hold() == HoldState.NONE && (other == null || other.hold() == HoldState.NONE));
    }

    /** Sends DTMF digits. */
    public void press(CallLeg presser, String keys) {
        context.run(() -> {
            var unused = presser.call().sendDtmf(keys);
        });
    }

    /**
     * Sends DTMF digits, which must arrive. Meanwhile the presser's voice is not sent (RFC 4733
     * §2.5.1.2); the other's continues.
     */
    public void press(CallLeg presser, CallLeg ear, String keys) throws StepFailedException {
        context.run(() -> ear.speech.end(clock.played()));
        press(presser, keys);
        await("pressing", STEP_LIMIT, () -> ear.keysHeard().length() >= keys.length());
        if (!context.ask(ear::keysHeard).equals(keys)) {
            throw new StepFailedException("dtmf-wrong", "other keys arrived than were pressed");
        }
        listen(LAST_KEY_ENDS, ear);
        listen(0, presser);
    }

    /** Waits until it rings there, and sends the caller to another number. */
    public void forward(CallLeg end, String number) throws StepFailedException {
        await("dialling", SET_UP_LIMIT, end::hasCall);
        context.run(() -> {
            ends.expect(end, CallEnding.Forwarded.class);
            var unused = end.call().forward(number);
        });
    }

    /** Begins a blind transfer (RFC 5589 §6). */
    public void transfer(CallLeg from, String number) {
        transfer(from, () -> from.call().transfer(number));
    }

    /** Begins an attended transfer (RFC 5589 §7). */
    public void transferTo(CallLeg from, CallLeg consultation) {
        context.run(() -> ends.expect(consultation, CallEnding.Transferred.class));
        transfer(from, () -> from.call().transferTo(consultation.call()));
    }

    private void transfer(CallLeg from, Supplier<CompletionStage<TransferOutcome>> how) {
        fallSilent();
        context.run(() -> {
            ends.expectTransfer(from);
            var unused = how.get().thenAccept(outcome -> loop.execute(() -> ends.transferred(outcome)));
        });
    }

    /**
     * Waits until the transfer is done, and the calls of the transferor have ended.
     *
     * @return what the transferor was told
     * @throws StepFailedException also if it is refused or fails
     */
    public TransferOutcome awaitTransferred(CallLeg... transferor) throws StepFailedException {
        await(
                "transferring",
                SET_UP_LIMIT,
                () -> ends.transfer() != null && Stream.of(transferor).allMatch(CallLeg::isGone));
        return context.ask(() -> Objects.requireNonNull(ends.transfer(), "it was told"));
    }

    /** Waits until two users talk with each other, in either direction. */
    public void awaitJoined(CallLeg one, CallLeg other) throws StepFailedException {
        await("transferring", SET_UP_LIMIT, () -> one.isWith(other) && other.isWith(one));
    }

    /**
     * Hangs up, and waits until all calls have ended.
     *
     * @param other the far end, if it is here
     */
    public void hangUp(CallLeg quitter, @Nullable CallLeg other) throws StepFailedException {
        fallSilent();
        context.run(() -> {
            if (other == null) {
                // This end is done with its call, even if the other hangs up first.
                ends.expectAnyEnd(quitter);
            } else {
                ends.expect(quitter, CallEnding.LocalHangUp.class);
                ends.expect(other, CallEnding.RemoteHangUp.class);
            }
            quitter.call().hangUp();
        });
        await("hanging-up", other == null ? SET_UP_LIMIT : STEP_LIMIT, ends::areGone);
    }

    /** Gives up: hangs up every call, and waits until they have ended, or have not within the limit. */
    void clear() throws StepFailedException {
        context.run(ends::giveUp);
        // A second stop ends the wait.
        var unused = context.until(() -> ends.isBroken() || ends.areGone(), SET_UP_LIMIT);
    }

    /** Waits for something outside the calls, by looking now and then. */
    public void poll(String step, BooleanSupplier condition) throws StepFailedException {
        for (long looks = STEP_LIMIT.dividedBy(LOOK_AGAIN); !context.ask(condition::getAsBoolean); looks--) {
            if (looks == 0) {
                throw stuck(step, STEP_LIMIT);
            }
            last(step, LOOK_AGAIN);
        }
    }

    private static StepFailedException stuck(String step, Duration limit) {
        return new StepFailedException("stuck-" + step, "not within " + limit.toSeconds() + " s");
    }

    /**
     * Waits for a condition of the calls.
     *
     * @throws StepFailedException if one of them ends unexpectedly before, or the limit passes
     */
    public void await(String step, Duration limit, BooleanSupplier condition) throws StepFailedException {
        boolean held = context.until(() -> ends.isBroken() || condition.getAsBoolean(), limit);
        throwIfBroken(step);
        if (!held) {
            throw stuck(step, limit);
        }
    }

    private void throwIfBroken(String step) throws StepFailedException {
        CallEnds.Broken why = context.ask(ends::broken);
        if (why == null) {
            return;
        }
        CallLeg end = why.end();
        if (end == null) {
            throw new StepFailedException(why.code(), why.message());
        }
        throw new StepFailedException(
                why.code(), context.ask(end::status), ("the call ended while " + step + ". " + why.message()).strip());
    }
}
