// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.failure.Failure;

/** The outcome of a transfer: see {@link Call#transfer} and {@link Call#transferTo}. */
public sealed interface TransferOutcome {
    /** The other side talks to the new party; this call has ended. */
    record Transferred() implements TransferOutcome {}

    /**
     * The other side or the phone system took over the transfer and does not tell how it ends (RFC 4488, or a BYE
     * before the new party has answered); this call has ended.
     */
    record TakenOver() implements TransferOutcome {}

    /**
     * The transfer failed: the other side refused, or the new party could not be reached, did not answer or is busy.
     * The call is as it was. If nobody is left in it, it ends with {@link CallEnding.MediaTimeout} a few seconds later.
     * After 481, somebody else took the other side's place meanwhile (RFC 3891), and you may ask for the transfer
     * again.
     */
    record Failed(Failure failure) implements TransferOutcome {}

    /** The transfer was not requested, or the call ended before the other side answered the request. */
    record Refused(CommandRefusal reason) implements TransferOutcome {}
}
