// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.failure.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An event of a call, with the call's state after it. */
public sealed interface CallEvent {
    CallSnapshot after();

    /** The {@link CallState} changed, but not to {@link CallState#ENDED}. */
    record StateChanged(CallSnapshot after) implements CallEvent {}

    /**
     * A side held or resumed, or the other side accepted a hold or resume of this side
     * ({@link CallSnapshot#holdAccepted}).
     */
    record HoldChanged(CallSnapshot after) implements CallEvent {}

    /** Codec, keying, cipher or mute changed. */
    record MediaChanged(CallSnapshot after) implements CallEvent {}

    /**
     * The other side sent a DTMF digit. Prints without the digit: digits may be a PIN.
     *
     * @param tone one of {@code 0-9*#A-D}
     */
    record DtmfReceived(CallSnapshot after, char tone, Duration length) implements CallEvent {
        @Override
        public String toString() {
            return "DtmfReceived[redacted]";
        }
    }

    /** The call was merged with another, or is no longer; see {@link Call#merge}. */
    record MergeChanged(CallSnapshot after) implements CallEvent {}

    /**
     * The host's transfer began, progressed, or failed, so that the call is as before; see
     * {@link CallSnapshot#transferring}. {@link Call#transfer} and {@link Call#transferTo} tell the outcome.
     *
     * @param status the status that the other side receives from the new party, 100 to 199: 180 means that it rings
     *     there. 0 when the transfer begins or failed
     */
    record TransferChanged(CallSnapshot after, int status) implements CallEvent {}

    /**
     * The other side requests a transfer: this side is to call somebody else instead. Answer with
     * {@link Call#acceptTransfer} or {@link Call#refuseTransfer} within a minute; after that the request is refused.
     *
     * @param target who is to be called; always of the account's own phone system (promise S5)
     * @param by who requested it, unverified (RFC 3892), or null
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
     * The requested transfer is under way: the new party is called and this call is on hold. When the new call is
     * answered, this one ends; if it is not answered, this one is resumed.
     */
    record TransferFollowed(CallSnapshot after, Call next) implements CallEvent {}

    /** The other side's identity became known, or better known, after the call began. */
    record CallerChanged(CallSnapshot after) implements CallEvent {}

    /** Media that is due no longer arrives, or arrives again: see {@link CallSnapshot#nothingArrives}. */
    record ReceptionChanged(CallSnapshot after) implements CallEvent {}

    /**
     * The quality figures were updated; once each {@link
     * com.techpro.callclient.engine.CallClientConfig.Builder#qualityInterval}.
     */
    record QualityChanged(CallSnapshot after) implements CallEvent {}

    /** The microphone or speaker cannot be used for now; the call continues and the engine keeps trying. */
    record AudioInterrupted(CallSnapshot after, Failure failure) implements CallEvent {}

    /** The microphone and speaker work again. */
    record AudioRestored(CallSnapshot after) implements CallEvent {}

    /** A command of the host was refused, and why. */
    record CommandRefused(CallSnapshot after, CallCommand command, CommandRefusal reason) implements CallEvent {}

    /**
     * The call has ended. This is a call's last event, except for {@link CommandRefused} in reply to later commands.
     */
    record Ended(CallSnapshot after, CallEnding ending) implements CallEvent {}
}
