// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.List;

/** An extension of a phone system that this client keeps registered. All methods may be called from any thread. */
public interface Account {
    /** Names the account within its client. */
    String id();

    SipAccount sipAccount();

    RegistrationSnapshot registration();

    /** As {@link #dial(String, CallOptions)} with default options. */
    default Call dial(String target) {
        return dial(target, CallOptions.DEFAULT);
    }

    /**
     * Starts a call; returns at once.
     *
     * @param target an extension or number at the account's own domain, or a whole {@code sip:} or {@code sips:} address
     * @throws IllegalArgumentException if the target cannot be an address
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    Call dial(String target, CallOptions options);

    /** As {@link #join(String, ConferenceOptions)} with default options. */
    default Conference join(String target) {
        return join(target, ConferenceOptions.DEFAULT);
    }

    /**
     * Joins a conference room, or has one made by the phone system's {@link Conferences#factory}; returns at once. Where the organisation has
     * switched conferences off, it is over already, with {@link Failure.SwitchedOff}.
     *
     * @param target as in {@link #dial(String)}; for a room of {@link Conferences#rooms} its address
     * @throws IllegalArgumentException if the target cannot be an address, or the PIN cannot be typed
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    Conference join(String target, ConferenceOptions options);

    /** The calls of this account that are not over. */
    List<Call> calls();

    /** Hangs up its calls, unregisters, and forgets the account. */
    void remove();
}
