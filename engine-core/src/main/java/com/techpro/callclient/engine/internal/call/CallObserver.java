// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.TextMessage;
import java.util.function.Consumer;

/** Observes accounts and their calls, on the loop, in the order of events. */
public interface CallObserver {
    default void registrationChanged(AccountSession accountSession, RegistrationSnapshot after) {}

    /** What the phone system says of the voicemail has changed. */
    default void messagesWaiting(AccountSession accountSession, MessagesWaiting summary) {}

    /**
     * A text came; nobody has looked its sender up.
     *
     * @param stored is told once, by the observer that keeps texts, whether this one is where it survives the app, if the host wants it kept
     */
    default void textReceived(AccountSession accountSession, TextMessage message, Consumer<Boolean> stored) {}

    /** What became of a text that was sent. */
    default void receiptReceived(AccountSession accountSession, MessageReceipt receipt) {}

    /** The host dialled; the call's own events follow. */
    default void dialled(AccountSession accountSession, CallSession call) {}

    /** The far end of a call is left for somebody else, who is called; the new call's own events follow. */
    default void followed(AccountSession accountSession, CallSession call, CallSession next) {}

    default void incoming(AccountSession accountSession, CallSession call) {}

    /** A call was turned away before it rang, as the user wants none now; with its ending. */
    default void turnedAway(AccountSession accountSession, CallSnapshot call) {}

    default void changed(CallSession call, CallEvent event) {}

    /** A call that rings here is not to be heard any more: the user says so, or has taken it. */
    default void silenced(CallSession call) {}

    /** The phone system says that the other side is somebody else now; who knows that party tells the call, before the host hears of it. */
    default void identified(CallSession call) {}

    /** The call is over and the protocol owes nothing any more. */
    default void released(CallSession call) {}

    /** The account was removed. */
    default void gone(AccountSession accountSession) {}
}
