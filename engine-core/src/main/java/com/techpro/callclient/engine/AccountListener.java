// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.TextMessage;

/**
 * A listener for the events of accounts. Methods are called on the host's executor, one at a time and in the order of
 * the events.
 */
public interface AccountListener {
    default void registrationChanged(Account account, RegistrationSnapshot after) {}

    /** The number of waiting voicemail messages changed; called once for each change (RFC 3842). */
    default void messagesWaitingChanged(Account account, MessagesWaiting after) {}

    /**
     * A text was received (RFC 3428) over the account's own encrypted connection. Called once, in the order of arrival,
     * also while the app is locked. The engine keeps the text only if {@link CallClientConfig.Builder#keepTextMessages}
     * says so.
     */
    default void messageReceived(Account account, TextMessage message) {}

    /**
     * The other side reported what became of a sent text (RFC 5438); {@link MessageOutcome} comes before it. There may
     * be several reports for one text, or none.
     */
    default void messageReceipt(Account account, MessageReceipt receipt) {}

    /**
     * A call rings here. With a call screen, this is called once the system shows the call. {@link Call#answer} it,
     * {@link Call#reject} it, or let it ring.
     */
    default void incomingCall(Call call, CallSnapshot snapshot) {}
}
