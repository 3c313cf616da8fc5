// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.internal.call.CallReport;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.TextMessage;
import java.util.function.Consumer;

/** What an account reports of itself and its calls, on the loop, in the order of events. */
public sealed interface AccountEvent {
    record RegistrationChanged(AccountSession account, RegistrationSnapshot after) implements AccountEvent {}

    /** The phone system's message waiting state has changed. */
    record MessagesWaitingChanged(AccountSession account, MessagesWaiting summary) implements AccountEvent {}

    /**
     * A text message arrived; its sender is not looked up yet.
     *
     * @param stored called once by what stores texts. It says whether the text is stored durably,
     *     if the host wants that.
     */
    record TextReceived(AccountSession account, TextMessage message, Consumer<Boolean> stored)
            implements AccountEvent {}

    /** A delivery report for a sent text arrived. */
    record ReceiptReceived(AccountSession account, MessageReceipt receipt) implements AccountEvent {}

    /** The host dialled a call; the call's own events follow. */
    record Dialled(AccountSession account, CallSession call) implements AccountEvent {}

    /**
     * The far end requested a transfer and its target is called; the new call's own events follow.
     */
    record TransferFollowed(AccountSession account, CallSession call, CallSession next) implements AccountEvent {}

    record CallReceived(AccountSession account, CallSession call) implements AccountEvent {}

    /** A call was rejected or forwarded before it rang; the snapshot has its ending. */
    record CallRefused(CallSnapshot call) implements AccountEvent {}

    /** What a call reports; never {@link CallReport.TransferAccepted}, which the account follows. */
    record OfCall(CallReport report) implements AccountEvent {}

    /** The account has been removed. */
    record AccountGone(AccountSession account) implements AccountEvent {}
}
