// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.internal.call.Line;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.List;

/** An extension of a phone system that this client keeps registered. All methods may be called from any thread. */
public final class Account {
    private final Line line;
    private final Calls calls;

    public Account(Line line, Calls calls) {
        this.line = line;
        this.calls = calls;
    }

    /** Names the account within its client. */
    public String id() {
        return line.id();
    }

    public SipAccount sipAccount() {
        return line.account();
    }

    public RegistrationSnapshot registration() {
        return line.registration();
    }

    /** As {@link #dial(String, CallOptions)} with default options. */
    public Call dial(String target) {
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
    public Call dial(String target, CallOptions options) {
        return calls.dial(line, target, options);
    }

    /** As {@link #join(String, ConferenceOptions)} with default options. */
    public Conference join(String target) {
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
    public Conference join(String target, ConferenceOptions options) {
        return calls.join(this, target, options);
    }

    /** The calls of this account that are not over. */
    public List<Call> calls() {
        return calls.of(line);
    }

    /** Hangs up its calls, unregisters, and forgets the account. */
    public void remove() {
        line.remove();
    }

    /** Lets go of it without a word; on the loop. */
    public void abandon() {
        line.abandon();
    }

    public boolean is(Line other) {
        return line.equals(other);
    }

    public boolean isGone() {
        return calls.isGone(line);
    }

    @Override
    public String toString() {
        return "Account[" + id() + "]";
    }

    /** The client's calls, as an account sees them. */
    public interface Calls {
        Call dial(Line line, String target, CallOptions options);

        Conference join(Account account, String target, ConferenceOptions options);

        List<Call> of(Line line);

        boolean isGone(Line line);
    }
}
