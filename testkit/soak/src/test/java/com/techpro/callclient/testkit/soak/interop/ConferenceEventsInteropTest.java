// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Roster;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who is in a room (RFC 4575), from a real presence server, to which SIPp publishes, and from SIPp behind a real proxy, where documents and
 * notifications go wrong. The room itself is a SIPp that answers, and says that it is a focus.
 */
@Tag("interop")
class ConferenceEventsInteropTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Kamailio kamailio;
    private Sipp notifier;
    private Sipp.Scenario focus;
    private EnginePhone phone;
    private int notifications;

    @BeforeEach
    void start() {
        Sipp room = new Sipp(directory, "u1");
        notifier = new Sipp(directory, "u1");
        kamailio = new Kamailio(directory, "SHA-256", room.port(), notifier.port());
        focus = room.expect("focus", Map.of());
        phone = new EnginePhone(
                        kamailio.account("1001", SipTransport.TLS)
                                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextMedia()),
                        null)
                .awaitRegistered();
    }

    @AfterEach
    void stop() {
        phone.close();
        focus.close();
        kamailio.close();
    }

    /** Kamailio tells nothing but whole conferences, and counts their versions itself: what goes wrong with those is the other test's. */
    @Test
    void each_change_published_at_kamailio_updates_the_roster_once() {
        Publisher conference = new Publisher(
                directory, kamailio, "8000@rooms.pbx.test", "conference", "application/conference-info+xml");
        Conference room = join("8000");

        conference.publish(full(1, "1001", "1002"));
        awaitTold("1001 1002");
        conference.publish(full(1, "1001", "1002"));
        conference.publish(full(2, "1001", "1002", "1003"));
        awaitTold("1001 1002", "1001 1002 1003");
        conference.publish(full(3, "1003"));
        conference.publish(full(4, large(400)));
        awaitTold("1001 1002", "1001 1002 1003", "1003", "2000 ... 2399");

        leave(room);
    }

    @Test
    void notifications_lost_repeated_reordered_and_oversized_never_turn_the_roster_back() {
        String steps = Stream.of(
                        told(full(1, "1001", "1002")),
                        told(full(1, "1001", "1002")),
                        told(partial(3, "1004")),
                        Sipp.part("subscribed-again", Map.of()),
                        told(full(4, "1001", "1003", "1004")),
                        told(partial(2, "1002")),
                        late(full(9, "1001")),
                        told(full(5, large(400))),
                        told(full(6, large(1_001))),
                        Sipp.part("subscribed-again", Map.of()),
                        told(full(7, "1001", "1002")),
                        Sipp.part("subscribed-again", Map.of()),
                        notification("terminated;reason=timeout", full(8, "1002"), "200"))
                .collect(Collectors.joining());
        Sipp.Scenario scenario = notifier.expect("conference-notifier", Map.of("STEPS", steps));
        Conference room = join("8003");
        Map<String, Long> drops = phone.counters().drops();

        awaitTold(
                "1001 1002", "1001 1002 (old)", "1001 1003 1004", "2000 ... 2399", "2000 ... 2399 (old)", "1001 1002");
        assertThat(phone.counters().drops()).isEqualTo(drops);
        leave(room);
        scenario.awaitSuccess();
    }

    private Conference join(String number) {
        Conference room = phone.account().join(number);
        Await.until(
                () -> "the room is joined and not " + room.snapshot(),
                () -> room.snapshot().state() == ConferenceSnapshot.State.JOINED,
                LIMIT);
        return room;
    }

    private void leave(Conference room) {
        room.leave();
        Await.until("the room is left", () -> room.snapshot().state() == ConferenceSnapshot.State.ENDED, LIMIT);
        focus.awaitSuccess();
        phone.awaitNoCalls();
    }

    /** That the roster was told so often and so, in this order, and no other way in between. */
    private void awaitTold(String... rosters) {
        Await.until(
                () -> "the roster is told as " + List.of(rosters) + " and not " + told(),
                () -> told().equals(List.of(rosters)),
                LIMIT);
    }

    private List<String> told() {
        return phone.rosters().stream().map(ConferenceEventsInteropTest::line).toList();
    }

    private static String line(Roster.Listed roster) {
        List<String> users = roster.participants().stream()
                .map(participant -> participant.party().user())
                .toList();
        String all = users.size() < 10 ? String.join(" ", users) : users.get(0) + " ... " + users.get(users.size() - 1);
        return all + (roster.current() ? "" : " (old)");
    }

    private String told(String document) {
        return notification("active;expires=600", document, "200");
    }

    private String notification(String state, String document, String answer) {
        return notification(++notifications, state, document, answer);
    }

    /** Comes when the next one has been answered already (RFC 3261 §12.2.2). */
    private String late(String document) {
        return notification(notifications - 1, "active;expires=600", document, "500");
    }

    private static String notification(int cseq, String state, String document, String answer) {
        return Sipp.part(
                "notify",
                Map.of(
                        "NAME", answer + "-" + cseq,
                        "CSEQ", Integer.toString(cseq),
                        "STATE", state,
                        "BODY", document,
                        "ANSWER", answer));
    }

    private static String[] large(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Integer.toString(2_000 + i))
                .toArray(String[]::new);
    }

    private static String full(int version, String... users) {
        return document("full", version, users);
    }

    private static String partial(int version, String... users) {
        return document("partial", version, users);
    }

    private static String document(String state, int version, String... users) {
        return Stream.of(users)
                .map(user -> "<user entity=\"sip:" + user + "@a\"/>")
                .collect(Collectors.joining(
                        "",
                        "<conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\" entity=\"sip:8000@a\" state=\""
                                + state + "\" version=\"" + version + "\"><users state=\"" + state + "\">",
                        "</users></conference-info>"));
    }
}
