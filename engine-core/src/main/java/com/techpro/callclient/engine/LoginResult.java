// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.storage.SecureStoreException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The result of a login, or of restoring a stored one. */
public sealed interface LoginResult {
    /** A stable word for logs and statistics. */
    default String code() {
        if (this instanceof Refused refused) {
            return "refused-" + word(refused.reason());
        } else if (this instanceof Unreadable unreadable) {
            return "unreadable-" + word(unreadable.reason());
        } else if (this instanceof LoggedIn) {
            return "logged-in";
        } else if (this instanceof LoggedOut) {
            return "logged-out";
        } else if (this instanceof AlreadyLoggedIn) {
            return "already-logged-in";
        }
        return this instanceof InProgress ? "in-progress" : "nothing-stored";
    }

    private static String word(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The user is logged in; from now on the account registers by itself.
     *
     * @param policy what the host app and the organisation permit together
     * @param remembered whether {@link CallClient#restore} can restore it: false without a store, with a client
     *     certificate, or if it could not be written
     */
    record LoggedIn(Account account, Profile profile, Policy policy, boolean remembered) implements LoginResult {
        @Override
        public String toString() {
            return "LoggedIn[remembered=" + remembered + "]";
        }
    }

    /**
     * The login was refused and nobody is logged in. What was stored is kept.
     *
     * @param retryAfter how long the phone system asks not to be tried again, or null
     */
    record Refused(Reason reason, @Nullable Duration retryAfter) implements LoginResult {}

    /** A user is logged in, who stays so. Log out first. */
    record AlreadyLoggedIn() implements LoginResult {}

    /** Another login or a logout has not ended, and continues. Wait for its stage. */
    record InProgress() implements LoginResult {}

    /** A logout came first, or the client was closed. */
    record LoggedOut() implements LoginResult {}

    /** There is no stored login, or its kind is none of those given. */
    record NothingStored() implements LoginResult {}

    /**
     * The store cannot be read. It may contain a stored login, and whether the app has a lock is not known. Nobody is
     * logged in, and what is stored is kept. Once the cause is gone, you can try again; {@link CallClient#logout}
     * deletes what is stored.
     */
    record Unreadable(SecureStoreException.Reason reason) implements LoginResult {}
}
