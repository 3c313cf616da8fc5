// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why something the user wanted did not happen, told apart far enough to say what to do about it. Failures are values: the engine
 * does not throw them. They carry no personal data and no secrets, so they may be logged and shown (promise O2).
 */
public sealed interface Failure {
    /** A stable word for logs and statistics, such as {@code dns} or {@code tls-host-name}. */
    String code();

    /** What the user can do, in one sentence. */
    String advice();

    /** The phone system's name could not be looked up. */
    record Dns() implements Failure {
        @Override
        public String code() {
            return "dns";
        }

        @Override
        public String advice() {
            return "Check the name of the phone system and that this device is online.";
        }
    }

    /** The organisation has switched this feature off (promise O1): nothing was sent. */
    record SwitchedOff() implements Failure {
        @Override
        public String code() {
            return "switched-off";
        }

        @Override
        public String advice() {
            return "Your organisation has switched this off; ask its administrator.";
        }
    }

    /** The way leads to a host that this client may not talk to: nothing was sent there (promise S5). */
    record DestinationRefused() implements Failure {
        @Override
        public String code() {
            return "destination-refused";
        }

        @Override
        public String advice() {
            return "The phone system names a host that the organisation's policy does not allow; ask its"
                    + " administrator.";
        }
    }

    /** No connection could be made, or it was lost. */
    record Unreachable() implements Failure {
        @Override
        public String code() {
            return "unreachable";
        }

        @Override
        public String advice() {
            return "The phone system does not answer; check the network, or try again later.";
        }
    }

    /** The encrypted connection was refused by us: continuing would not be safe. */
    record TlsFailed(TlsProblem problem) implements Failure {
        @Override
        public String code() {
            return problem.code;
        }

        @Override
        public String advice() {
            return problem.advice;
        }
    }

    /** The phone system did not accept the user name or password. */
    record AuthenticationFailed(AuthenticationProblem problem) implements Failure {
        @Override
        public String code() {
            return problem.code;
        }

        @Override
        public String advice() {
            return problem.advice;
        }
    }

    /** The phone system knows the user and says no (403). */
    record Forbidden() implements Failure {
        @Override
        public String code() {
            return "forbidden";
        }

        @Override
        public String advice() {
            return "The phone system does not allow this; ask its administrator.";
        }
    }

    /** The number or address does not exist (404, 410, 484, 604). */
    record NotFound() implements Failure {
        @Override
        public String code() {
            return "not-found";
        }

        @Override
        public String advice() {
            return "Check the number and dial again.";
        }
    }

    /**
     * The phone system says that what was asked for is to be found elsewhere (3xx). The engine does not go there: it talks to the
     * account's phone system alone (promise S5), and whoever can send a redirection could otherwise send calls, and their cost,
     * anywhere. A phone system that wants to divert a call can do so itself.
     */
    record Redirected(int status) implements Failure {
        @Override
        public String code() {
            return "redirected-" + status;
        }

        @Override
        public String advice() {
            return "This number is reached under another one now; find that out and dial it.";
        }
    }

    /** The two sides could not agree on sound. */
    record MediaRefused(MediaProblem problem) implements Failure {
        @Override
        public String code() {
            return problem.code;
        }

        @Override
        public String advice() {
            return problem.advice;
        }
    }

    /** The microphone or speaker could not be used. */
    record AudioUnavailable(String reason) implements Failure {
        @Override
        public String code() {
            return "audio-unavailable";
        }

        @Override
        public String advice() {
            return "Check that a microphone and a speaker are connected and that this app may use them.";
        }
    }

    /** The user does not let this app use the microphone. */
    record MicrophoneDenied() implements Failure {
        @Override
        public String code() {
            return "microphone-denied";
        }

        @Override
        public String advice() {
            return "Calls need the microphone; allow this app to use it in the system's settings.";
        }
    }

    /** A message was longer than the account's transport carries, and the phone system offers no other. */
    record MessageTooLarge() implements Failure {
        @Override
        public String code() {
            return "message-too-large";
        }

        @Override
        public String advice() {
            return "The phone system is reached over UDP, which cannot carry this; set the account to TLS or TCP.";
        }
    }

    /** Nobody answered in time. */
    record TimedOut(Waited waited) implements Failure {
        @Override
        public String code() {
            return waited.code;
        }

        @Override
        public String advice() {
            return "There was no answer in time; try again.";
        }
    }

    /**
     * The phone system has a problem of its own (5xx).
     *
     * @param retryAfter how long it asks to be left alone, or null
     */
    record ServerError(int status, @Nullable Duration retryAfter) implements Failure {
        @Override
        public String code() {
            return "server-error-" + status;
        }

        @Override
        public String advice() {
            return "The phone system has a problem; try again later.";
        }
    }

    /** Any other final answer that says no. */
    record Rejected(int status) implements Failure {
        @Override
        public String code() {
            return "rejected-" + status;
        }

        @Override
        public String advice() {
            return "The phone system refused (" + status + "); ask its administrator if this goes on.";
        }
    }

    /** The other side broke the protocol in a way that cannot be lived with. */
    record ProtocolViolation(String what) implements Failure {
        @Override
        public String code() {
            return "protocol-violation";
        }

        @Override
        public String advice() {
            return "The phone system sent something that is not valid SIP; tell its administrator.";
        }
    }

    /** What TLS found wrong. */
    enum TlsProblem {
        UNTRUSTED("tls-untrusted", "The phone system's certificate is not from a trusted authority; do not continue."),
        HOST_NAME("tls-host-name", "The certificate belongs to another host; check the phone system's name."),
        EXPIRED("tls-expired", "The phone system's certificate is not valid today; check this device's clock."),
        PIN("tls-pin", "The phone system's key is not the expected one; do not continue."),
        PROTOCOL("tls-protocol", "No secure connection could be agreed on; the phone system may be too old.");

        private final String code;
        private final String advice;

        TlsProblem(String code, String advice) {
            this.code = code;
            this.advice = advice;
        }
    }

    /** What was wrong with proving who the user is. */
    enum AuthenticationProblem {
        WRONG_CREDENTIALS("wrong-credentials", "Check the user name and the password."),
        TOO_WEAK("authentication-too-weak", "The phone system only offers a method this account does not accept."),
        /** It has asked for SHA-2 before and asks for MD5 now, as somebody in between would to guess the password. */
        DOWNGRADED(
                "authentication-downgraded",
                "The phone system asks for a weaker proof than before; ask its administrator whether that is meant."),
        UNSUPPORTED("authentication-unsupported", "The phone system asks for a method this app does not know.");

        private final String code;
        private final String advice;

        AuthenticationProblem(String code, String advice) {
            this.code = code;
            this.advice = advice;
        }
    }

    /** What was wrong with the sound. */
    enum MediaProblem {
        NO_COMMON_CODEC("no-common-codec", "The two phones have no way of coding sound in common."),
        ENCRYPTION_REFUSED("encryption-refused", "The other side does not encrypt sound, so the call was not made."),
        UNSUPPORTED("media-unsupported", "The other side asks for a kind of media that this app does not have."),
        LOST("media-lost", "No sound arrived any more; check the network.");

        private final String code;
        private final String advice;

        MediaProblem(String code, String advice) {
            this.code = code;
            this.advice = advice;
        }
    }

    /** What was waited for. */
    enum Waited {
        ANSWER("timeout-answer"),
        RESPONSE("timeout-response"),
        CONNECTION("timeout-connection"),
        TLS("timeout-tls"),
        /** The other side did not refresh the session (RFC 4028): it has gone without a word. */
        SESSION("timeout-session");

        private final String code;

        Waited(String code) {
            this.code = code;
        }
    }
}
