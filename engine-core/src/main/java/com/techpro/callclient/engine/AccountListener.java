// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;

/** Hears what happens to accounts, on the host's executor, one event after the other and in their order. */
public interface AccountListener {
    default void registrationChanged(Account account, RegistrationSnapshot after) {}

    /** New voicemail, or less of it than before; told once for each change (RFC 3842). */
    default void messagesWaitingChanged(Account account, MessagesWaiting after) {}

    /** It rings here; where there is a call screen, once the system shows the call. {@link Call#answer}, {@link Call#reject}, or let it ring. */
    default void incomingCall(Call call, CallSnapshot snapshot) {}
}
