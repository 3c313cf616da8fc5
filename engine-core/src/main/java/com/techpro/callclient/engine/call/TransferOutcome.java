// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** What became of a transfer: see {@link Call#transfer} and {@link Call#transferTo}. */
public sealed interface TransferOutcome {
    /** The other side talks to the new party; this call is over. */
    record Transferred() implements TransferOutcome {}

    /**
     * The other side or the phone system took the transfer over, and does not tell how it ends (RFC 4488, or a goodbye before the new party
     * has answered); this call is over.
     */
    record TakenOver() implements TransferOutcome {}

    /**
     * The other side would not, or the new party could not be reached, does not answer, or is busy; the call is as it was, unless nobody is left in it: then
     * it ends with {@link CallEnding.MediaTimeout} a few seconds later. 481 if somebody
     * else took the other side's place meanwhile (RFC 3891): the transfer may be asked for again.
     */
    record Failed(Failure failure) implements TransferOutcome {}

    /** Nothing was asked of the other side, or the call ended before it said anything. */
    record Refused(CommandRefusal reason) implements TransferOutcome {}
}
