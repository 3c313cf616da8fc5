// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that happened to a call, with the call as it is after it. */
public sealed interface CallEvent {
    CallSnapshot after();

    /** The {@link CallState} changed, but not to {@link CallState#ENDED}. */
    record StateChanged(CallSnapshot after) implements CallEvent {}

    /** A side held or resumed, or the other side accepted that this one did ({@link CallSnapshot#holdAccepted}). */
    record HoldChanged(CallSnapshot after) implements CallEvent {}

    /** Codec, cipher, or mute changed. */
    record MediaChanged(CallSnapshot after) implements CallEvent {}

    /**
     * The other side pressed a key. Prints without the key: digits may be a PIN.
     *
     * @param tone one of {@code 0-9*#A-D}
     */
    record DtmfReceived(CallSnapshot after, char tone, Duration length) implements CallEvent {
        @Override
        public String toString() {
            return "DtmfReceived[redacted]";
        }
    }

    /** The call became one conversation with another, or is none any more; see {@link Call#merge}. */
    record MergeChanged(CallSnapshot after) implements CallEvent {}

    /**
     * The transfer that the host asked for began, came further, or failed, so that the call is as it was; see
     * {@link CallSnapshot#transferring}. How it ends is told by {@link Call#transfer} and {@link Call#transferTo}.
     *
     * @param status what the other side hears from the new party, 100 to 199, such as 180: it rings there; 0 when it begins or failed
     */
    record TransferChanged(CallSnapshot after, int status) implements CallEvent {}

    /**
     * The other side asks to be left for somebody else, who is to be called. {@link Call#acceptTransfer} and {@link Call#refuseTransfer} answer
     * within a minute; after that, and where nobody does, it is refused.
     *
     * @param target who is to be called; of the account's own phone system always (promise S5)
     * @param by who says to have asked for it, unverified (RFC 3892), or null
     */
    record TransferRequested(
            CallSnapshot after,
            PartyIdentity target,
            @Nullable PartyIdentity by) implements CallEvent {
        @Override
        public String toString() {
            return "TransferRequested[redacted]";
        }
    }

    /**
     * The other side is left for somebody else, who is called; this call goes on hold meanwhile. When the new one is answered this one is over,
     * and if it is not, this one is taken back from hold.
     */
    record TransferFollowed(CallSnapshot after, Call next) implements CallEvent {}

    /** Who the other side is became known, or better known, after the call began. */
    record CallerChanged(CallSnapshot after) implements CallEvent {}

    /** Sound that should arrive does not any more, or does again: see {@link CallSnapshot#nothingArrives}. */
    record ReceptionChanged(CallSnapshot after) implements CallEvent {}

    /** New quality figures; a few times a minute. */
    record QualityChanged(CallSnapshot after) implements CallEvent {}

    /** Microphone or speaker cannot be used for now; the call goes on and the engine keeps trying. */
    record AudioInterrupted(CallSnapshot after, Failure failure) implements CallEvent {}

    /** Microphone and speaker work again. */
    record AudioRestored(CallSnapshot after) implements CallEvent {}

    /** What the host asked of the call was not done, and why. */
    record CommandRefused(CallSnapshot after, CallCommand command, CommandRefusal reason) implements CallEvent {}

    /** The call is over. The last event of a call, but for {@link CommandRefused} to whoever asks something of it still. */
    record Ended(CallSnapshot after, CallEnding ending) implements CallEvent {}
}
