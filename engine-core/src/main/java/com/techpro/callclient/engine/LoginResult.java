// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.storage.SecureStoreException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a login, or bringing back a stored one, ended. */
public sealed interface LoginResult {
    /**
     * The phone system knows the user; the account registers by itself from here on.
     *
     * @param policy what the host app and the organisation permit together
     * @param remembered whether {@link CallClient#restore} can bring it back: false without a store, with a client certificate, or if it
     *     could not be written
     */
    record LoggedIn(Account account, Profile profile, Policy policy, boolean remembered) implements LoginResult {
        @Override
        public String toString() {
            return "LoggedIn[remembered=" + remembered + "]";
        }
    }

    /**
     * Nobody is logged in. What was stored is kept.
     *
     * @param retryAfter how long the phone system asks not to be tried again, or null
     */
    record Refused(Reason reason, @Nullable Duration retryAfter) implements LoginResult {}

    /** A logout overtook it, or the client was closed. */
    record LoggedOut() implements LoginResult {}

    /** There is no stored login, or none of the kinds given. */
    record NothingStored() implements LoginResult {}

    /**
     * The store cannot be read: there may be a stored login in it, and whether the app has a lock is not known. Nobody is logged in, and what
     * is stored is kept. Once the reason is gone it can be tried again; {@link CallClient#logout} gives up what is stored.
     */
    record Unreadable(SecureStoreException.Reason reason) implements LoginResult {}
}
