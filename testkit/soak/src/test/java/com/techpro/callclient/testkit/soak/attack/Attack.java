// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import static com.techpro.callclient.testkit.soak.attack.HandshakeSpray.CLIENT_HELLO;
import static com.techpro.callclient.testkit.soak.attack.HandshakeSpray.CLOSE_NOTIFY;
import static com.techpro.callclient.testkit.soak.attack.HandshakeSpray.FATAL_ALERT;
import static com.techpro.callclient.testkit.soak.attack.HandshakeSpray.SERVER_HELLO;

import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What is done to the engine, and what must come of it, in the engine's own stable words. {@link TlsMatrix} is the table of those by certificate. */
enum Attack {
    // A registrar, over UDP unless it says otherwise. Each is watched for five minutes, in virtual time.
    REGISTRAR_SILENT("takes requests and answers none", "timeout-response", in -> HostileRegistrar.udp((it, r) -> {})),
    REGISTRAR_NOISE(
            "answers random bytes", "timeout-response", in -> HostileRegistrar.udp((it, r) -> it.raw(it.noise(1_200)))),
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
            in -> HostileRegistrar.udp(
                    (it, r) -> it.respond(r, "401 Unauthorized", "WWW-Authenticate: Basic realm=x"))),
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
                    r,
                    "401 Unauthorized",
                    (it.challenge("Digest") + "\n").repeat(1_000).trim()))),
    REGISTRAR_FORGETS(
            "accepts, and lists no contact",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> it.respond(r, "200 OK"))),
    REGISTRAR_OTHERS_CONTACT(
            "accepts, and lists somebody else's contact",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> it.respond(r, "200 OK", "Contact: <sip:eve@192.0.2.66>;expires=60"))),
    REGISTRAR_ANOTHER_CONTACT_EACH_TIME(
            "accepts, and lists another contact each time",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> it.respond(
                    r, "200 OK", "Contact: <sip:alice@192.0.2.1:" + (6_000 + it.answers()) + ">;expires=600"))),
    REGISTRAR_ANOTHER_ADDRESS_EACH_TIME(
            "says each time that the request came from another address",
            "registered",
            in -> HostileRegistrar.udp(HostileRegistrar::acceptFromElsewhere)),
    REGISTRAR_CONTACTS_WITHOUT_END(
            "accepts, and lists a thousand contacts in as many headers",
            "timeout-response",
            in -> HostileRegistrar.udp((it, r) -> it.respond(
                    r, "200 OK", "Contact: <sip:alice@192.0.2.66>;expires=60\n".repeat(1_000) + "X-Last: 1"))),
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
    REGISTRAR_EMPTY_MULTIPART(
            "sends a call with a body of several parts that has none",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> {
                it.accept(r);
                it.invite(r, 1, "Content-Type: multipart/mixed", "", "--x--");
                it.invite(r, 1, "Content-Type: multipart/mixed;boundary=\"\"", "", "----");
                it.invite(r, 1, "Content-Type: multipart/mixed;boundary=x", "", "--x--");
            })),
    REGISTRAR_PAYLOAD_TYPES_OUT_OF_RANGE(
            "sends a call whose payload types are no such numbers",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> {
                it.accept(r);
                it.invite(
                        r,
                        1,
                        "Content-Type: application/sdp",
                        "",
                        "v=0",
                        "o=- 1 1 IN IP4 192.0.2.10",
                        "s=-",
                        "c=IN IP4 192.0.2.10",
                        "t=0 0",
                        "m=audio 40000 RTP/AVP 128 255 -1 99999999999999999999",
                        "a=rtpmap:128 PCMU/8000",
                        "a=rtpmap:-1 PCMA/8000",
                        "a=fmtp:99999999999999999999 useinbandfec=1");
            })),
    REGISTRAR_SUBSCRIBES_FOR_NO_TIME(
            "subscribes a thousand times, each for no time at all",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> {
                it.accept(r);
                it.requests(r, 1_000, "SUBSCRIBE", "Event: dialog\nExpires: 0");
            })),
    REGISTRAR_BRANCHES_OF_ONE_HASH(
            "sends two thousand requests whose branches have one hash",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> {
                it.accept(r);
                it.requests(r, 2_048, "OPTIONS", "");
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

    // The web server of a login by remote provisioning.
    WEB_NOISE(
            "answers bytes that are no HTTP",
            "server-unreachable",
            in -> HostileWeb.login((it, request) -> it.say("\u0000\u0001".repeat(50_000)))),
    WEB_HANGS_UP(
            "hangs up at each request",
            "server-unreachable",
            in -> HostileWeb.login((it, request) -> it.out().close())),
    WEB_HEADER_WITHOUT_END(
            "sends headers without an end",
            "server-unreachable",
            in -> HostileWeb.login((it, request) -> {
                it.say("HTTP/1.1 200 OK\r\n");
                it.sayForEver("X-More: and more\r\n");
            })),
    WEB_BODY_WITHOUT_END(
            "sends a document without an end",
            "not-a-phone-system",
            in -> HostileWeb.login((it, request) -> {
                it.say("HTTP/1.1 200 OK\r\n\r\n<config>");
                it.sayForEver("<section name=\"x\"></section>".repeat(1_000));
            })),
    WEB_ZIP_BOMB(
            "sends a document that unpacks to 256 MB",
            "not-a-phone-system",
            in -> HostileWeb.login((it, request) -> HostileWeb.zipBomb(it))),
    WEB_ENTITIES(
            "sends entities within entities",
            "not-a-phone-system",
            in -> HostileWeb.login((it, request) -> HostileWeb.document(it, HostileWeb.entities()))),
    WEB_FILE_ENTITY(
            "wants a file of this machine in the document",
            "not-a-phone-system",
            in -> HostileWeb.login((it, request) -> HostileWeb.document(
                    it, "<!DOCTYPE c [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><config>&f;</config>"))),
    WEB_DEEP(
            "nests elements a hundred thousand deep",
            "not-a-phone-system",
            in -> HostileWeb.login((it, request) -> HostileWeb.document(it, "<a>".repeat(100_000)))),
    WEB_REDIRECTS_TO_CLEAR_TEXT(
            "sends to the same place without TLS",
            "not-a-phone-system",
            in -> HostileWeb.login((it, request) ->
                    it.say("HTTP/1.1 302 x\r\nLocation: http://127.0.0.1/p\r\nContent-Length: 0\r\n\r\n"))),
    WEB_REDIRECTS_ROUND_AND_ROUND(
            "sends round and round",
            "not-a-phone-system",
            in -> HostileWeb.login(
                    (it, request) -> it.say("HTTP/1.1 302 x\r\nLocation: /p\r\nContent-Length: 0\r\n\r\n"))),
    WEB_REDIRECTS_TO_OTHERS(
            "sends to somebody else",
            "not-a-phone-system",
            in -> HostileWeb.login((it, request) ->
                    it.say("HTTP/1.1 302 x\r\nLocation: https://elsewhere.invalid/\r\nContent-Length: 0\r\n\r\n"))),
    WEB_CHALLENGES_FOR_EVER(
            "challenges for ever",
            "wrong-credentials",
            in -> HostileWeb.login((it, request) ->
                    it.say("HTTP/1.1 401 x\r\nWWW-Authenticate: Basic realm=\"r\"\r\nContent-Length: 0\r\n\r\n"))),

    // The IMAP server of a mailbox.
    IMAP_NOISE(
            "greets with bytes that are no IMAP",
            "unreachable",
            in -> HostileMailbox.greeting(it -> it.sayForEver("\u0000\u0001"))),
    IMAP_GREETING_WITHOUT_END(
            "greets in a line without an end",
            "unreachable",
            in -> HostileMailbox.greeting(it -> {
                it.say("* OK ");
                it.sayForEver("x".repeat(10_000));
            })),
    IMAP_SAYS_GOODBYE("greets with a goodbye", "unreachable", in -> HostileMailbox.greeting(it -> it.say("* BYE\r\n"))),
    IMAP_REFUSES_ALL(
            "answers BAD to everything",
            "protocol",
            in -> HostileMailbox.answers((it, tag, command) -> say(it, tag + " BAD no\r\n"))),
    IMAP_LITERAL_OF_2_GB(
            "announces a part of 2 GB",
            "unreachable",
            in -> HostileMailbox.answers((it, tag, command) -> command.contains("FETCH")
                    && say(it, "* 1 FETCH (UID 7 BODY[HEADER.FIELDS (X)]<0> {2147483647}\r\n"))),
    IMAP_ANSWERS_WITHOUT_END(
            "answers a command for ever",
            "protocol",
            in -> HostileMailbox.answers((it, tag, command) -> {
                if (command.contains("FETCH")) {
                    it.sayForEver("* 1 FETCH (FLAGS (\\Seen))\r\n".repeat(1_000));
                }
                return false;
            })),
    IMAP_TWO_BILLION_MESSAGES(
            "says that there are two billion messages",
            "listed",
            in -> HostileMailbox.answers((it, tag, command) -> (command.startsWith("SELECT")
                            || command.startsWith("EXAMINE"))
                    && say(it, "* 2147483647 EXISTS\r\n* OK [UIDVALIDITY 5] x\r\n" + tag + " OK [READ-WRITE] x\r\n"))),
    IMAP_NESTED_STRUCTURE(
            "describes a message that is nested ten thousand deep",
            "listed",
            in -> HostileMailbox.answers((it, tag, command) -> command.contains("BODYSTRUCTURE")
                    && say(it, "* 1 FETCH (UID 7 BODYSTRUCTURE " + "(".repeat(10_000) + "\r\n" + tag + " OK\r\n"))),
    IMAP_TINY_ANSWERS(
            "answers with 8 MB of tiny answers, to a heap of 128 MB",
            "protocol",
            in -> HostileMailbox.answers(in, 128, MailboxFloods.tinyAnswers())),
    IMAP_MANY_MESSAGES(
            "has 200,000 messages, for a heap of 128 MB",
            "listed 50 of 200000",
            in -> HostileMailbox.answers(in, 128, MailboxFloods.messages(200_000))),
    IMAP_LINE_BREAKS(
            "sends a message of nothing but line breaks, without an end",
            "protocol, little of it fetched",
            in -> MailboxFloods.lineBreaks()),
    IMAP_NEWS_WITHOUT_END(
            "says every 10 ms that something has come",
            "listed, read now and then",
            in -> MailboxFloods.news(Duration.ofSeconds(briefly(6, 30)))),
    IMAP_REFERS_AUTHENTICATE(
            "refers whoever authenticates to somebody else",
            "nobody else reached, protocol",
            in -> HostileMailbox.refers("AUTHENTICATE", "NO")),
    IMAP_REFERS_LOGIN(
            "refers whoever logs in to somebody else",
            "nobody else reached, protocol",
            in -> HostileMailbox.refers("LOGIN", "NO")),
    IMAP_REFERS_SELECT(
            "refers whoever opens the mailbox to somebody else",
            "nobody else reached, protocol",
            in -> HostileMailbox.refers("SELECT", "NO")),

    // The clock of the machine. Time itself goes on.
    CLOCK_AHEAD(
            "is set ten years ahead at each registration",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> {
                it.accept(r);
                it.jump(Duration.ofDays(3_650));
            })),
    CLOCK_BACK(
            "is set ten years back at each registration",
            "registered",
            in -> HostileRegistrar.udp((it, r) -> {
                it.accept(r);
                it.jump(Duration.ofDays(-3_650));
            })),

    // A stranger who sends a thousand packets a second to every UDP port, while two engines talk.
    FLOOD_NOISE("sends random bytes", "talks on", in -> Flood.of(in, briefly(1, 6), Flood::noise)),
    FLOOD_RTP("sends sound of his own", "talks on", in -> Flood.of(in, briefly(1, 6), Flood::rtp)),
    FLOOD_RTCP("says goodbye for everybody", "talks on", in -> Flood.of(in, briefly(1, 6), Flood::rtcpBye)),
    FLOOD_STUN(
            "asks where it comes from, by STUN", "talks on", in -> Flood.of(in, briefly(1, 6), Flood::bindingRequest)),
    FLOOD_TURN("sends what a relay would send", "talks on", in -> Flood.of(in, briefly(1, 6), Flood::relayed)),
    FLOOD_OPTIONS(
            "sends OPTIONS", "talks on", in -> Flood.of(in, briefly(1, 6), number -> Flood.request("OPTIONS", number))),
    FLOOD_INVITE(
            "sends INVITEs", "talks on", in -> Flood.of(in, briefly(1, 6), number -> Flood.request("INVITE", number))),
    FLOOD_BYE("sends BYEs", "talks on", in -> Flood.of(in, briefly(1, 6), number -> Flood.request("BYE", number))),

    // A stranger who sends what anybody can make of DTLS to every UDP port, from before calls ring until they are over.
    SPRAY_ALERTS(
            "says in clear text that handshakes have failed",
            "talks",
            in -> HandshakeSpray.of(in, briefly(2, 10), false, List.of(FATAL_ALERT, CLOSE_NOTIFY))),
    SPRAY_HELLOS(
            "begins handshakes, and answers such",
            "talks",
            in -> HandshakeSpray.of(in, briefly(2, 10), false, List.of(CLIENT_HELLO, SERVER_HELLO))),
    SPRAY_WITH_ICE(
            "does both, to phones with ICE",
            "talks",
            in -> HandshakeSpray.of(
                    in, briefly(2, 10), true, List.of(FATAL_ALERT, CLOSE_NOTIFY, CLIENT_HELLO, SERVER_HELLO))),
    // The hello of who answers overtakes the answer, and is not the only one.
    RACE_STRANGERS(
            "shake hands with a caller before the answer has come",
            "talks with who answered",
            in -> HandshakeRace.strangers(in, briefly(2, 10))),
    RACE_FORGERS(
            "do so in the name of who answers, and fail aloud",
            "talks with who answered",
            in -> HandshakeRace.forgers(in, briefly(2, 10))),

    // A process that gets too little of something.
    STOPPED(
            "stops the process for a while in mid-call",
            "registered, {established=1}; registered, over, reached",
            in -> StarvedProcess.stopped(in, Duration.ofSeconds(briefly(8, 60)))),
    DESCRIPTORS(
            "leaves it 64 descriptors for 40 calls",
            "registered, {established=1}, over; {unreachable}; over, {established=1}, over, {established=1}, over, reached",
            in -> StarvedProcess.descriptors(in, 64, 40)),
    HEAP(
            "leaves it a heap of 64 MB for 20 calls",
            "registered, {established=20}, over, {established=1}, over, reached",
            in -> StarvedProcess.heap(in, 64, 20)),
    KILLED(
            "kills the app again and again while it writes to its vault",
            "whole",
            in -> StoredApp.killed(in, briefly(2, 30))),
    KILLED_TEXTS("kills the app while texts arrive", "none lost", in -> KilledTexts.outcome(in, briefly(1, 5))),
    DISK_FULL("fills the disk with the vault", "UNSAVED FULL, STORED, 3", StoredApp::diskFull),
    CACHE_FULL("fills the disk with the voicemail that is played", "PLAYING COMPLETE", StoredApp::cacheFull),
    ;

    /** How much of something: in a brief run, and when there is time for all. */
    private static int briefly(int brief, int all) {
        return Boolean.getBoolean("attack.all") ? all : brief;
    }

    private static boolean say(HostileServer.Client client, String text) throws java.io.IOException {
        client.say(text);
        return true;
    }

    private final String what;
    private final String expected;

    @SuppressWarnings("ImmutableEnumChecker") // a method, without a state
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
