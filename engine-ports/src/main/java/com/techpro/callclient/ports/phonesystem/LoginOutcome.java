// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a login ended. Contains no personal data, except that {@link LoggedIn} holds the session. */
public sealed interface LoginOutcome {
    record LoggedIn(Session session) implements LoginOutcome {
        @Override
        public String toString() {
            return "LoggedIn[redacted]";
        }
    }

    /**
     * The login failed: the phone system refused it or could not be used.
     *
     * @param retryAfter how long the phone system asks to wait before the next attempt, or null
     */
    record Refused(Reason reason, @Nullable Duration retryAfter) implements LoginOutcome {
        public Refused(Reason reason) {
            this(reason, null);
        }
    }

    /** The causes of a failed login that call for different advice to the user. */
    enum Reason {
        WRONG_CREDENTIALS("Check the e-mail address and the password."),
        SECOND_FACTOR_NEEDED("Type the code that your phone system sent or that your authenticator shows."),
        LOCKED_OUT("There were too many attempts; wait a while before you try again."),
        NOT_ALLOWED("This user may not use the app; ask the administrator of the phone system."),
        /** No server is named, and none can be found from the user name. */
        ADDRESS_INCOMPLETE(
                "Type the whole e-mail address, including the domain, such as anna@example.org; or name the server."),
        SERVER_NOT_FOUND("No phone system was found for this e-mail address; ask the administrator for its name."),
        SERVER_UNREACHABLE("The phone system does not answer; check the network, or try again later."),
        SERVER_UNTRUSTED("The phone system's certificate is not trusted; do not continue."),
        SERVER_FAILED("The phone system has a problem; try again later."),
        NOT_A_PHONE_SYSTEM("This server is not a phone system of the expected kind; check its name."),
        POLICY("The organisation's policy does not allow this phone system or its settings.");

        private final String advice;

        Reason(String advice) {
            this.advice = advice;
        }

        /** Returns what the user can do, in one sentence. */
        public String advice() {
            return advice;
        }
    }
}
