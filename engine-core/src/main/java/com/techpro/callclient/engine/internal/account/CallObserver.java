// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.TextMessage;
import java.util.function.Consumer;

/** Observes accounts and their calls. Called on the loop, in the order of events. */
public interface CallObserver {
    default void registrationChanged(AccountSession accountSession, RegistrationSnapshot after) {}

    /** The phone system's message waiting state has changed. */
    default void messagesWaiting(AccountSession accountSession, MessagesWaiting summary) {}

    /**
     * A text message arrived; its sender is not looked up yet.
     *
     * @param stored called once by the observer that stores texts. It says whether the text is
     *     stored durably, if the host wants that.
     */
    default void textReceived(AccountSession accountSession, TextMessage message, Consumer<Boolean> stored) {}

    /** A delivery report for a sent text arrived. */
    default void receiptReceived(AccountSession accountSession, MessageReceipt receipt) {}

    /** The host dialled a call; the call's own events follow. */
    default void dialled(AccountSession accountSession, CallSession call) {}

    /**
     * The far end requested a transfer and its target is called; the new call's own events follow.
     */
    default void followed(AccountSession accountSession, CallSession call, CallSession next) {}

    default void incoming(AccountSession accountSession, CallSession call) {}

    /** A call was rejected or forwarded before it rang; the snapshot has its ending. */
    default void callRefused(AccountSession accountSession, CallSnapshot call) {}

    default void changed(CallSession call, CallEvent event) {}

    /** The call's ring must stop: the user silenced or answered it. */
    default void silenced(CallSession call) {}

    /**
     * The phone system reports a new far end. An observer that knows the party calls
     * {@link CallSession#resolved} before the host is notified.
     */
    default void identified(CallSession call) {}

    /** The call has ended, and the protocol needs nothing more. */
    default void released(CallSession call) {}

    /** The account has been removed. */
    default void gone(AccountSession accountSession) {}
}
