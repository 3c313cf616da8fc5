// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The reason why something the user wanted did not happen, precise enough to say what to do about it. Failures are
 * values: the engine does not throw them. They carry no personal data and no secrets, so they may be logged and shown
 * (promise O2).
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

    /** The route leads to a host that this client may not talk to: nothing was sent there (promise S5). */
    record DestinationRefused() implements Failure {}

    /** No connection could be made, or it was lost. */
    record Unreachable() implements Failure {}

    /** This client refused the encrypted connection: continuing would not be safe. */
    record TlsFailed(TlsProblem problem) implements Failure {}

    /**
     * The network seems to require a sign-in before it lets anything through (RFC 8952). It replaces {@link TlsFailed}
     * if all of this holds:
     *
     * <ul>
     *   <li>The other end showed a certificate of an untrusted authority, of another name or too weak, or no TLS at
     *       all.
     *   <li>This account's phone system was verified before, in this run of the client, on another network.
     *   <li>No server of any account was verified since the {@link com.techpro.callclient.ports.net.NetworkMonitor}
     *       reported the change.
     * </ul>
     *
     * <p>An eavesdropper on the network looks the same from here. Nothing was sent, and nothing is sent until the phone
     * system proves who it is.
     *
     * @param problem what TLS found wrong
     */
    record CaptivePortal(TlsProblem problem) implements Failure {}

    /** The phone system did not accept the user name or password. */
    record AuthenticationFailed(AuthenticationProblem problem) implements Failure {}

    /** The phone system knows the user and refuses (403). */
    record Forbidden() implements Failure {}

    /** The number is busy (486, 600), as the target of a transfer may be. */
    record Busy() implements Failure {}

    /** The other side declined (603, 607). */
    record Declined() implements Failure {}

    /** No phone of the number takes calls now (480): none is reached, or its user does not want to be disturbed. */
    record Unavailable() implements Failure {}

    /** The phone system and this client cannot agree on how often a call is refreshed (422, RFC 4028). */
    record SessionIntervalTooSmall() implements Failure {}

    /** The number or address does not exist (404, 410, 484, 485, 604). */
    record NotFound() implements Failure {}

    /**
     * The phone system redirected the request (3xx). The engine does not follow redirections: it talks only to the
     * account's phone system (promise S5). Otherwise anybody who can send a redirection could send calls, and their
     * cost, anywhere. A phone system can divert a call by itself.
     */
    record Redirected(int status) implements Failure {}

    /**
     * This client has as many calls as {@link com.techpro.callclient.engine.CallClientConfig.Builder#maxCalls} permits:
     * nothing was sent.
     */
    record TooManyCalls() implements Failure {}

    /** The two sides could not agree on sound. */
    record MediaRefused(MediaProblem problem) implements Failure {}

    /** The microphone or speaker could not be used. */
    record AudioUnavailable(String reason) implements Failure {}

    /** The user does not let this app use the microphone. */
    record MicrophoneDenied() implements Failure {}

    /** A message was longer than the account's transport carries, and the phone system offers no other. */
    record MessageTooLarge() implements Failure {}

    /** Something that was waited for did not come in time. */
    record TimedOut(Waited waited) implements Failure {}

    /**
     * The phone system has a problem of its own (5xx).
     *
     * @param retryAfter how long it asks not to be tried again, or null
     */
    record ServerError(int status, @Nullable Duration retryAfter) implements Failure {}

    /** Any other final response that refuses. */
    record Rejected(int status) implements Failure {}

    /** The other side broke the protocol in a way that ends the transaction or call. */
    record ProtocolViolation(String what) implements Failure {}

    /** What TLS found wrong. */
    enum TlsProblem {
        UNTRUSTED("tls-untrusted", "The phone system's certificate is not from a trusted authority; do not continue."),
        HOST_NAME("tls-host-name", "The certificate belongs to another host; check the phone system's name."),
        EXPIRED("tls-expired", "The phone system's certificate is not valid today; check this device's clock."),
        /** A key shorter than RSA with 2048 or an elliptic curve with 224 bits, or a signature over SHA-1 or MD5. */
        WEAK(
                "tls-weak",
                "The key or the signature of the phone system's certificate is too weak; ask the administrator for a new one."),
        PIN("tls-pin", "The phone system's key is not the expected one; do not continue."),
        PROTOCOL(
                "tls-protocol",
                "The phone system offers no secure connection that this app accepts; it may be too old.");

        final String code;
        final String advice;

        TlsProblem(String code, String advice) {
            this.code = code;
            this.advice = advice;
        }
    }

    /** What was wrong with the authentication. */
    enum AuthenticationProblem {
        WRONG_CREDENTIALS("wrong-credentials", "Check the user name and the password."),
        TOO_WEAK(
                "authentication-too-weak",
                "The phone system only offers an authentication method that this account does not accept."),
        /**
         * The phone system asked for SHA-2 before and asks for MD5 now, as an attacker in between would to guess the
         * password.
         */
        DOWNGRADED(
                "authentication-downgraded",
                "The phone system asks for a weaker authentication method than before; ask its administrator whether this is intended."),
        UNSUPPORTED(
                "authentication-unsupported",
                "The phone system asks for an authentication method that this app does not support."),
        /** The phone system called each answer stale; that says nothing about the password (RFC 7616 §3.3). */
        STALE("authentication-stale", "The phone system rejects each answer as too old; try again later.");

        final String code;
        final String advice;

        AuthenticationProblem(String code, String advice) {
            this.code = code;
            this.advice = advice;
        }
    }

    /** What was wrong with the media. */
    enum MediaProblem {
        /** The other side gives no reason (488, 606, 415): codecs, keys or anything else. */
        REFUSED(
                "media-refused",
                "The other side rejected the audio offer without a reason; ask the phone system's administrator."),
        NO_COMMON_CODEC("no-common-codec", "The two phones have no codec in common."),
        /** The other side requires ICE, or does not want it. */
        ICE_REFUSED(
                "ice-refused",
                "The other side asks for another way to connect the audio (ICE); ask the phone system's administrator."),
        /** The other side says so, or answers without keys. */
        ENCRYPTION_REFUSED("encryption-refused", "The other side does not encrypt audio, so the call was not made."),
        /**
         * The other side uses another {@code KeyExchange} than this account permits, or no suite that is strong enough.
         */
        ENCRYPTION_UNSUPPORTED(
                "encryption-unsupported",
                "The other side encrypts audio in a way that this account does not accept, so the call was not made."),
        /** The DTLS handshake (RFC 5763) failed, or did not arrive. */
        NO_KEYS("no-keys", "No encryption keys could be agreed with the other side; check the network and try again."),
        /** The handshake used a certificate that the signalling did not announce (RFC 5763 §6.7.1). */
        SOMEBODY_ELSE(
                "keys-of-somebody-else",
                "Somebody other than the expected phone tried to take the audio; do not continue on this network."),
        /** The account offers relayed addresses only, and no TURN server gave one. */
        NO_RELAY(
                "no-relay",
                "This account sends audio only through a relay, and none could be reached; check the network or ask the phone system's administrator."),
        ADDRESS_UNUSABLE(
                "media-address-unusable",
                "The other side gave an address that no phone can have; ask the phone system's administrator."),
        UNSUPPORTED("media-unsupported", "The other side asks for a kind of media that this app does not support."),
        LOST("media-lost", "No audio arrives any more; check the network.");

        final String code;
        final String advice;

        MediaProblem(String code, String advice) {
            this.code = code;
            this.advice = advice;
        }
    }

    /** What the engine waited for. */
    enum Waited {
        ANSWER("timeout-answer"),
        RESPONSE("timeout-response"),
        CONNECTION("timeout-connection"),
        TLS("timeout-tls"),
        /** The other side did not refresh the session (RFC 4028): it vanished without a BYE. */
        SESSION("timeout-session");

        final String code;

        Waited(String code) {
            this.code = code;
        }
    }
}
