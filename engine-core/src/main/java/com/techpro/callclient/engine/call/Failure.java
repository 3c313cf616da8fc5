// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why something the user wanted did not happen, told apart far enough to say what to do about it. Failures are values: the engine
 * does not throw them. They carry no personal data and no secrets, so they may be logged and shown (promise O2).
 */
public sealed interface Failure {
    /** A stable word for logs and statistics, such as {@code dns} or {@code tls-host-name}. */
    default String code() {
        return FailureText.of(this).code();
    }

    /** What the user can do, in one sentence. */
    default String advice() {
        return FailureText.of(this).advice();
    }

    /** The phone system's name could not be looked up. */
    record Dns() implements Failure {}

    /** The organisation has switched this feature off (promise O1): nothing was sent. */
    record SwitchedOff() implements Failure {}

    /** The way leads to a host that this client may not talk to: nothing was sent there (promise S5). */
    record DestinationRefused() implements Failure {}

    /** No connection could be made, or it was lost. */
    record Unreachable() implements Failure {}

    /** The encrypted connection was refused by us: continuing would not be safe. */
    record TlsFailed(TlsProblem problem) implements Failure {}

    /**
     * The network seems to want its user to sign in before it lets anything through (RFC 8952). Told in place of {@link TlsFailed} where all of
     * this is so: what was refused is a certificate of an authority that is not trusted, of another name or too weak, or no TLS at all; this
     * account's phone system was verified before, in this run of the client, on another network; and since the {@link
     * com.techpro.callclient.ports.net.NetworkMonitor} told of the change no server of any account was. Somebody who listens in on a network looks
     * the same from here: nothing was sent, and nothing is until the phone system proves who it is.
     *
     * @param problem what TLS found wrong
     */
    record CaptivePortal(TlsProblem problem) implements Failure {}

    /** The phone system did not accept the user name or password. */
    record AuthenticationFailed(AuthenticationProblem problem) implements Failure {}

    /** The phone system knows the user and says no (403). */
    record Forbidden() implements Failure {}

    /** The number is busy (486, 600), as the target of a transfer may be. */
    record Busy() implements Failure {}

    /** Whoever was asked does not want to (603, 607). */
    record Declined() implements Failure {}

    /** No phone of the number takes calls now (480): none is reached, or its user does not want to be disturbed. */
    record Unavailable() implements Failure {}

    /** The phone system and this client cannot agree on how often a call is refreshed (422, RFC 4028). */
    record SessionIntervalTooSmall() implements Failure {}

    /** The number or address does not exist (404, 410, 484, 604). */
    record NotFound() implements Failure {}

    /**
     * The phone system says that what was asked for is to be found elsewhere (3xx). The engine does not go there: it talks to the
     * account's phone system alone (promise S5), and whoever can send a redirection could otherwise send calls, and their cost,
     * anywhere. A phone system that wants to divert a call can do so itself.
     */
    record Redirected(int status) implements Failure {}

    /** This client has as many calls as {@link com.techpro.callclient.engine.CallClientConfig.Builder#maxCalls} permits: nothing was sent. */
    record TooManyCalls() implements Failure {}

    /** The two sides could not agree on sound. */
    record MediaRefused(MediaProblem problem) implements Failure {}

    /** The microphone or speaker could not be used. */
    record AudioUnavailable(String reason) implements Failure {}

    /** The user does not let this app use the microphone. */
    record MicrophoneDenied() implements Failure {}

    /** A message was longer than the account's transport carries, and the phone system offers no other. */
    record MessageTooLarge() implements Failure {}

    /** Nobody answered in time. */
    record TimedOut(Waited waited) implements Failure {}

    /**
     * The phone system has a problem of its own (5xx).
     *
     * @param retryAfter how long it asks to be left alone, or null
     */
    record ServerError(int status, @Nullable Duration retryAfter) implements Failure {}

    /** Any other final answer that says no. */
    record Rejected(int status) implements Failure {}

    /** The other side broke the protocol in a way that cannot be lived with. */
    record ProtocolViolation(String what) implements Failure {}

    /** What TLS found wrong. */
    enum TlsProblem {
        UNTRUSTED("tls-untrusted", "The phone system's certificate is not from a trusted authority; do not continue."),
        HOST_NAME("tls-host-name", "The certificate belongs to another host; check the phone system's name."),
        EXPIRED("tls-expired", "The phone system's certificate is not valid today; check this device's clock."),
        /** A key shorter than RSA with 2048 or an elliptic curve with 224 bits, or a signature over SHA-1 or MD5. */
        WEAK(
                "tls-weak",
                "The phone system's certificate can be forged, as its key or its signature is too weak; ask the"
                        + " administrator for a new one."),
        PIN("tls-pin", "The phone system's key is not the expected one; do not continue."),
        PROTOCOL("tls-protocol", "No secure connection could be agreed on; the phone system may be too old.");

        final String code;
        final String advice;

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
        UNSUPPORTED("authentication-unsupported", "The phone system asks for a method this app does not know."),
        /** It called each answer too old; that says nothing about the password (RFC 7616 §3.3). */
        STALE("authentication-stale", "The phone system takes no answer in time; try again later.");

        final String code;
        final String advice;

        AuthenticationProblem(String code, String advice) {
            this.code = code;
            this.advice = advice;
        }
    }

    /** What was wrong with the sound. */
    enum MediaProblem {
        /** It says no more than that (488, 606, 415): it may be for the codecs, the keys or anything else. */
        REFUSED(
                "media-refused",
                "The other side does not take the sound that this app offers and does not say why; ask the phone system's"
                        + " administrator."),
        NO_COMMON_CODEC("no-common-codec", "The two phones have no way of coding sound in common."),
        /** It insists on ICE, or does not want it. */
        ICE_REFUSED(
                "ice-refused",
                "The other side wants the way of the sound to be found in another manner (ICE); ask the phone system's"
                        + " administrator."),
        /** It says so, or answers without keys. */
        ENCRYPTION_REFUSED("encryption-refused", "The other side does not encrypt sound, so the call was not made."),
        /** It has keys by another {@code KeyExchange} than this account permits, or none that is strong enough. */
        ENCRYPTION_UNSUPPORTED(
                "encryption-unsupported",
                "The other side encrypts sound in a way this account does not use, so the call was not made."),
        /** The handshake that makes the keys (RFC 5763) came to nothing, or did not arrive. */
        NO_KEYS(
                "no-keys",
                "No keys for the sound could be agreed on with the other side; check the network and try again."),
        /** The handshake was made with a certificate that the signalling did not tell of (RFC 5763 §6.7.1). */
        SOMEBODY_ELSE(
                "keys-of-somebody-else",
                "Somebody else than the phone system named wanted to have the sound; do not continue on this network."),
        /** The account tells relayed addresses alone, and no TURN server gave one. */
        NO_RELAY(
                "no-relay",
                "This account speaks through a relay alone, and none could be reached; check the network or ask the phone system's administrator."),
        ADDRESS_UNUSABLE(
                "media-address-unusable",
                "The other side wants the sound where no phone can be; ask the phone system's administrator."),
        UNSUPPORTED("media-unsupported", "The other side asks for a kind of media that this app does not have."),
        LOST("media-lost", "No sound arrived any more; check the network.");

        final String code;
        final String advice;

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

        final String code;

        Waited(String code) {
            this.code = code;
        }
    }
}
