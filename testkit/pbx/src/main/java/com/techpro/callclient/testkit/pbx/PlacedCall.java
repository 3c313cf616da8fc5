// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.call.ServiceCall;
import com.techpro.callclient.testkit.pbx.media.FrameClock;
import com.techpro.callclient.testkit.pbx.media.SpeakAndRecord;
import com.techpro.callclient.testkit.pbx.routing.OutboundCalls;
import com.techpro.callclient.testkit.pbx.signalling.LoopCalls;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A call that the PBX makes to an extension with any caller identity. It rings all phones of the
 * extension, plays audio to the first that answers, and records what that phone sends. Callable
 * from any thread except the PBX's own. Accessors never wait; {@code await…} methods wait, in
 * virtual time by advancing time.
 */
public final class PlacedCall {
    private final String extension;
    private final LoopCalls onLoop;
    private final SpeakAndRecord speech;
    private volatile Progress progress = new Progress(State.CALLING, 0);
    private @Nullable ServiceCall call;
    private boolean hungUp;

    /**
     * The call's state. {@code CALLING → RINGING → ANSWERED → ENDED}, or {@code REFUSED} from one
     * of the first two; {@code ENDED} also after a hang-up before the answer.
     */
    public enum State {
        CALLING,
        RINGING,
        ANSWERED,
        REFUSED,
        ENDED
    }

    private record Progress(State state, int status) {}

    private PlacedCall(String extension, LoopCalls onLoop, SpeakAndRecord speech) {
        this.extension = extension;
        this.onLoop = onLoop;
        this.speech = speech;
    }

    public State state() {
        return progress.state;
    }

    /**
     * Returns the status with which the call was refused, or 0. It is a phone's final status, or
     * 480 if the extension has no phone or none answered in time. It is 408 if a phone did not
     * reply, and 503 if its connection broke. If several phones refuse, the last one counts.
     */
    public int refusal() {
        return progress.status;
    }

    /**
     * Waits until a phone rings or has answered.
     *
     * @throws AssertionError if none does within the limit, or the call has ended
     */
    public PlacedCall awaitRinging(Duration limit) {
        return await("rings", it -> it.state() == State.RINGING || it.state() == State.ANSWERED, limit);
    }

    /**
     * Waits until a phone has answered.
     *
     * @throws AssertionError if none does within the limit, or the call has ended
     */
    public PlacedCall awaitAnswer(Duration limit) {
        return await("is answered", it -> it.state() == State.ANSWERED, limit);
    }

    /**
     * Waits until the call is refused.
     *
     * @return as {@link #refusal}
     * @throws AssertionError if it is not refused within the limit
     */
    public int awaitRefusal(Duration limit) {
        return await("is refused", it -> it.state() == State.REFUSED, limit).refusal();
    }

    /**
     * Waits until the call has ended, by either side.
     *
     * @throws AssertionError if it has not ended within the limit
     */
    public PlacedCall awaitEnd(Duration limit) {
        return await("is over", PlacedCall::isOver, limit);
    }

    /**
     * Waits until a condition on the call holds, such as one on the audio heard.
     *
     * @param what describes the condition in the error: {@code "is answered"}
     * @throws AssertionError if it does not hold within the limit, or the call ends before
     */
    public PlacedCall await(String what, Predicate<PlacedCall> condition, Duration limit) {
        boolean unused = onLoop.holdsWithin(() -> condition.test(this) || isOver(), limit);
        if (!condition.test(this)) {
            throw new AssertionError("no call to " + extension + " that " + what + " within " + limit + ": " + this);
        }
        return this;
    }

    /** Hangs up; while it rings, cancels. Does nothing if the call has ended. */
    public void hangUp() {
        onLoop.run(() -> {
            hungUp = true;
            ServiceCall open = call;
            if (open != null && !open.over()) {
                open.hangUp();
            }
        });
    }

    /**
     * Returns the audio of the last minute: linear samples at 8,000 Hz, oldest first, with silence
     * for gaps.
     */
    public short[] heard() {
        return speech.heard(Integer.MAX_VALUE);
    }

    /** Returns the newest part of {@link #heard}. */
    public short[] heard(Duration last) {
        return speech.heard((int) Math.min(Integer.MAX_VALUE, last.toMillis() * FrameClock.RATE / 1_000));
    }

    /** Returns the DTMF digits received (RFC 4733), in order. */
    public String keys() {
        return speech.keys();
    }

    private boolean isOver() {
        return state() == State.REFUSED || state() == State.ENDED;
    }

    @Override
    public String toString() {
        Progress now = progress;
        return now.state + (now.status == 0 ? "" : " with " + now.status);
    }

    private final class Outcome implements ServiceCall.Listener {
        @Override
        public void rings() {
            progress = new Progress(State.RINGING, 0);
        }

        @Override
        public void talks(Leg leg, String direction) {
            progress = new Progress(State.ANSWERED, 0);
        }

        @Override
        public void ended(int refusal) {
            boolean refused = refusal != 0 && !hungUp;
            progress = new Progress(refused ? State.REFUSED : State.ENDED, refused ? refusal : 0);
        }
    }

    /** Sets the caller and the audio. Nothing happens before {@link #ring}. */
    public static final class Builder {
        private final String extension;
        private final OutboundCalls calls;
        private final LoopCalls onLoop;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private String name = "";
        private String number = "pbx";
        private @Nullable Duration noAnswer;
        private Sound sound = Sound.SILENCE;

        Builder(String extension, OutboundCalls calls, LoopCalls onLoop) {
            this.extension = extension;
            this.calls = calls;
            this.onLoop = onLoop;
        }

        /** Sets the caller. Default: {@code pbx} without a name. */
        public Builder from(String displayName, String callerNumber) {
            name = displayName;
            number = callerNumber;
            return this;
        }

        /** Adds a header to the INVITE, such as {@code P-Asserted-Identity}. */
        public Builder withHeader(String header, String value) {
            headers.put(header, value);
            return this;
        }

        /** Sets how long the call may ring. Default: {@link PbxBuilder#noAnswer}. */
        public Builder ringingFor(Duration longest) {
            noAnswer = longest;
            return this;
        }

        /** Sets the audio played from the answer on. Default: silence. */
        public Builder speaking(Sound said) {
            sound = said;
            return this;
        }

        /** Plays samples at 8,000 Hz once, then silence. */
        public Builder speaking(short[] samples) {
            short[] clip = samples.clone();
            return speaking((index, rate) -> index < clip.length ? clip[(int) index] : 0);
        }

        /**
         * Plays a WAV file once.
         *
         * @throws UncheckedIOException if it cannot be read
         */
        public Builder speaking(Path wav) {
            try {
                return speaking(WavFile.read(wav, FrameClock.RATE));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Places the call and returns at once; the returned call tells its progress. */
        public PlacedCall ring() {
            SpeakAndRecord speech = new SpeakAndRecord(sound);
            PlacedCall placed = new PlacedCall(extension, onLoop, speech);
            var plan = new OutboundCalls.Plan(extension, name, number, headers, noAnswer);
            onLoop.run(() -> placed.call = calls.begin(plan, speech, placed.new Outcome()));
            return placed;
        }
    }
}
