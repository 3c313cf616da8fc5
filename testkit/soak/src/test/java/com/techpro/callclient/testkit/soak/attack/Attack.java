// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.nio.file.Path;

/** What is done to the engine, and what must come of it, in the engine's own stable words. {@link TlsMatrix} is the table of those by certificate. */
enum Attack {
    // A registrar, over UDP unless it says otherwise. Each is watched for five minutes, in virtual time.
    REGISTRAR_SILENT("takes requests and answers none", "timeout-response", in -> HostileRegistrar.udp((it, r) -> {})),
    REGISTRAR_NOISE(
            "answers random bytes",
            "timeout-response",
            in -> HostileRegistrar.udp((it, r) -> it.raw(it.noise(1_200)))),
    REGISTRAR_TRYING_FOR_EVER(
            "answers 100 and no more",
            "timeout-response",
            in -> HostileRegistrar.udp((it, r) -> it.respond(r, "100 Trying"))),
    REGISTRAR_ALWAYS_STALE(
            "calls each answer to its challenge stale",
            "authentication-stale",
            in -> HostileRegistrar.udp(
                    (it, r) -> it.respond(r, "401 Unauthorized", it.challenge("Digest") + ", stale=true"))),
    REGISTRAR_ALWAYS_CHALLENGES(
            "challenges for ever",
            "wrong-credentials",
            in -> HostileRegistrar.udp((it, r) -> it.respond(r, "401 Unauthorized", it.challenge("Digest")))),
    REGISTRAR_BASIC(
            "asks for the password itself",
            "authentication-unsupported",
            in -> HostileRegistrar.udp((it, r) -> it.respond(r, "401 Unauthorized", "WWW-Authenticate: Basic realm=x"))),
    REGISTRAR_DOWNGRADES(
            "asks for SHA-256 first and for MD5 then",
            "authentication-downgraded",
            in -> HostileRegistrar.udp((it, r) -> it.respond(
                    r,
                    "401 Unauthorized",
                    it.challenge("Digest") + (it.nonces() == 1 ? ", algorithm=SHA-256" : ", algorithm=MD5")))),
    REGISTRAR_THOUSAND_CHALLENGES(
            "offers a thousand ways to log in",
            "timeout-response",
            in -> HostileRegistrar.udp((it, r) -> it.respond(
                    r, "401 Unauthorized", (it.challenge("Digest") + "\n").repeat(1_000).trim()))),
    REGISTRAR_FORGETS(
            "accepts, and lists no contact",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> it.respond(r, "200 OK"))),
    REGISTRAR_OTHERS_CONTACT(
            "accepts, and lists somebody else's contact",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> it.respond(r, "200 OK", "Contact: <sip:eve@192.0.2.66>;expires=60"))),
    REGISTRAR_EXPIRES_AT_ONCE(
            "accepts for no time at all",
            "registered",
            in -> HostileRegistrar.udp(
                    (it, r) -> it.respond(r, "200 OK", "Contact: " + r.header("Contact") + ";expires=0"))),
    REGISTRAR_EXPIRES_IN_A_SECOND(
            "accepts for one second",
            "registered",
            in -> HostileRegistrar.udp(
                    (it, r) -> it.respond(r, "200 OK", "Contact: " + r.header("Contact") + ";expires=1"))),
    REGISTRAR_EXPIRES_NEVER(
            "accepts for longer than numbers go",
            "registered",
            in -> HostileRegistrar.udp((it, r) ->
                    it.respond(r, "200 OK", "Contact: " + r.header("Contact") + ";expires=99999999999999999999"))),
    REGISTRAR_TOO_BRIEF(
            "calls every time too brief",
            "rejected-423",
            in -> HostileRegistrar.udp((it, r) -> it.respond(r, "423 Interval Too Brief", "Min-Expires: 4294967295"))),
    REGISTRAR_REDIRECTS(
            "sends elsewhere",
            "redirected-302",
            in -> HostileRegistrar.udp((it, r) -> it.respond(r, "302 Moved", "Contact: <sip:alice@192.0.2.66>"))),
    REGISTRAR_BUSY_FOR_A_CENTURY(
            "asks to be left alone for a century",
            "server-error-503",
            in -> HostileRegistrar.udp((it, r) -> it.respond(r, "503 Busy", "Retry-After: 4294967295"))),
    REGISTRAR_BUSY_FOR_NO_TIME(
            "asks to be tried again at once, for ever",
            "server-error-503",
            in -> HostileRegistrar.udp((it, r) -> it.respond(r, "503 Busy", "Retry-After: 0"))),
    REGISTRAR_ACCEPTS_A_THOUSAND_TIMES(
            "repeats its answer a thousand times",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> {
                for (int i = 0; i < 1_000; i++) {
                    it.accept(r);
                }
            })),
    REGISTRAR_RINGS_A_THOUSAND_TIMES(
            "sends a thousand calls at once",
            "registered, rang 100 times",
            in -> HostileRegistrar.udp((it, r) -> {
                it.accept(r);
                it.invite(r, 1_000, ScriptedPeer.sdp("192.0.2.10", 40_000, 1));
            })),
    REGISTRAR_SDP_NOISE(
            "sends a call with a description that is none",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> {
                it.accept(r);
                it.invite(r, 1, "Content-Type: application/sdp", "", "v=0", "m=audio 99999999 RTP/AVP x", "c=IN IP9 ?");
            })),
    REGISTRAR_MEDIA_ELSEWHERE(
            "sends a call whose sound is to go to the loopback address",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> {
                it.accept(r);
                it.invite(r, 1, ScriptedPeer.sdp("127.0.0.1", 40_000, 1));
            })),
    STREAM_HEADER_WITHOUT_END(
            "over TCP: sends a header without an end",
            "protocol-violation",
            in -> HostileRegistrar.tcp((it, r) -> it.raw("SIP/2.0 200 OK\r\nX: " + "x".repeat(1 << 20)))),
    STREAM_BODY_WITHOUT_END(
            "over TCP: announces a body of 2 GB",
            "protocol-violation",
            in -> HostileRegistrar.tcp((it, r) -> it.raw("SIP/2.0 200 OK\r\nContent-Length: 2147483647\r\n\r\n"))),
    STREAM_NEGATIVE_LENGTH(
            "over TCP: announces a body of less than nothing",
            "protocol-violation",
            in -> HostileRegistrar.tcp((it, r) -> it.raw("SIP/2.0 200 OK\r\nContent-Length: -1\r\n\r\n"))),
    STREAM_NOISE(
            "over TCP: sends random bytes",
            "protocol-violation",
            in -> HostileRegistrar.tcp((it, r) -> it.raw(it.noise(100_000)))),
    STREAM_CLOSED(
            "over TCP: hangs up at each request",
            "unreachable",
            in -> HostileRegistrar.tcp((it, r) -> it.disconnect())),
    ;

    private final String what;
    private final String expected;
    private final Assault assault;

    /**
     * A row.
     *
     * @param what is done
     * @param expected what must come of it
     */
    Attack(String what, String expected, Assault assault) {
        this.what = what;
        this.expected = expected;
        this.assault = assault;
    }

    String what() {
        return what;
    }

    String expected() {
        return expected;
    }

    /** Does it, and tells what came of it. */
    String outcome(Path directory) throws Exception {
        return assault.outcome(directory);
    }

    /** How it is done. */
    private interface Assault {
        /** @param directory an empty one */
        String outcome(Path directory) throws Exception;
    }
}
