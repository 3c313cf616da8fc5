// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.TextMessage;

/** Hears what happens to accounts, on the host's executor, one event after the other and in their order. */
public interface AccountListener {
    default void registrationChanged(Account account, RegistrationSnapshot after) {}

    /** New voicemail, or less of it than before; told once for each change (RFC 3842). */
    default void messagesWaitingChanged(Account account, MessagesWaiting after) {}

    /**
     * A text came (RFC 3428), over the account's own encrypted connection; told once, in the order in which they came, also while the app is
     * locked. The engine keeps it only where {@link CallClientConfig.Builder#keepTextMessages} says so.
     */
    default void messageReceived(Account account, TextMessage message) {}

    /**
     * The other side tells what became of a text that was sent (RFC 5438); {@link MessageOutcome} has been told before. There may be several
     * for one text, and none.
     */
    default void messageReceipt(Account account, MessageReceipt receipt) {}

    /** It rings here; where there is a call screen, once the system shows the call. {@link Call#answer}, {@link Call#reject}, or let it ring. */
    default void incomingCall(Call call, CallSnapshot snapshot) {}
}
