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
 * A call that the PBX makes to an extension, in the name of whomever a test wants: it rings all phones of the extension, speaks to who answers first, and
 * keeps what that one says. From any thread but the PBX's own. What only tells never waits; {@code await…} waits, in virtual time by letting time pass.
 */
public final class PlacedCall {
    private final String extension;
    private final LoopCalls onLoop;
    private final SpeakAndRecord speech;
    private volatile Progress progress = new Progress(State.CALLING, 0);
    private @Nullable ServiceCall call;
    private boolean hungUp;

    /** How far it is. {@code CALLING → RINGING → ANSWERED → ENDED}, or from one of the first two to {@code REFUSED}; {@code ENDED} also when it was hung up before an answer. */
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
     * Why it was refused: what a phone answered, 480 if the extension has no phone or none answered in time, 408 if a phone was silent, 503 if its
     * connection is gone. Of several phones that refuse, the last. 0 while it was not.
     */
    public int refusal() {
        return progress.status;
    }

    /**
     * Waits until a phone rings, or has answered.
     *
     * @throws AssertionError if none does within the limit, or the call is over
     */
    public PlacedCall awaitRinging(Duration limit) {
        return await("rings", it -> it.state() == State.RINGING || it.state() == State.ANSWERED, limit);
    }

    /**
     * Waits until a phone has answered.
     *
     * @throws AssertionError if none does within the limit, or the call is over
     */
    public PlacedCall awaitAnswer(Duration limit) {
        return await("is answered", it -> it.state() == State.ANSWERED, limit);
    }

    /**
     * Waits until the call is refused.
     *
     * @return as {@link #refusal}
     * @throws AssertionError if it is not within the limit
     */
    public int awaitRefusal(Duration limit) {
        return await("is refused", it -> it.state() == State.REFUSED, limit).refusal();
    }

    /**
     * Waits until the call is over, whoever ended it.
     *
     * @throws AssertionError if it is not within the limit
     */
    public PlacedCall awaitEnd(Duration limit) {
        return await("is over", PlacedCall::isOver, limit);
    }

    /**
     * Waits until something holds of the call, such as what was heard in it.
     *
     * @param what told if it does not: {@code "is answered"}
     * @throws AssertionError if it does not within the limit, or the call is over without it
     */
    public PlacedCall await(String what, Predicate<PlacedCall> condition, Duration limit) {
        boolean unused = onLoop.holdsWithin(() -> condition.test(this) || isOver(), limit);
        if (!condition.test(this)) {
            throw new AssertionError("no call to " + extension + " that " + what + " within " + limit + ": " + this);
        }
        return this;
    }

    /** Hangs up: takes the call back while it rings. Does nothing if it is over. */
    public void hangUp() {
        onLoop.run(() -> {
            hungUp = true;
            ServiceCall open = call;
            if (open != null && !open.over()) {
                open.hangUp();
            }
        });
    }

    /** What was heard in the last minute: linear samples, 8,000 a second, oldest first. Silent where nothing was said. */
    public short[] heard() {
        return speech.heard(Integer.MAX_VALUE);
    }

    /** The newest part of {@link #heard}. */
    public short[] heard(Duration last) {
        return speech.heard((int) Math.min(Integer.MAX_VALUE, last.toMillis() * FrameClock.RATE / 1_000));
    }

    /** The keys that were pressed (RFC 4733), in their order. */
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

    /** Who calls, and what it says. Nothing happens before {@link #ring}. */
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

        /** Who calls; {@code pbx} without a name unless set. */
        public Builder from(String displayName, String callerNumber) {
            name = displayName;
            number = callerNumber;
            return this;
        }

        /** One more header of the INVITE, such as {@code P-Asserted-Identity}. */
        public Builder withHeader(String header, String value) {
            headers.put(header, value);
            return this;
        }

        /** How long it may ring; as {@link PbxBuilder#noAnswer} unless set. */
        public Builder ringingFor(Duration longest) {
            noAnswer = longest;
            return this;
        }

        /** What is said to who answers, from the answer on; silence unless set. */
        public Builder speaking(Sound said) {
            sound = said;
            return this;
        }

        /** Says samples once, 8,000 a second, and is silent then. */
        public Builder speaking(short[] samples) {
            short[] clip = samples.clone();
            return speaking((index, rate) -> index < clip.length ? clip[(int) index] : 0);
        }

        /**
         * Says a WAV file once.
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

        /** Calls. Returns at once; what becomes of it is asked of the call. */
        public PlacedCall ring() {
            SpeakAndRecord speech = new SpeakAndRecord(sound);
            PlacedCall placed = new PlacedCall(extension, onLoop, speech);
            var plan = new OutboundCalls.Plan(extension, name, number, headers, noAnswer);
            onLoop.run(() -> placed.call = calls.begin(plan, speech, placed.new Outcome()));
            return placed;
        }
    }
}
