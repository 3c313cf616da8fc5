// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import static com.techpro.callclient.adapters.phonesystems.provisioning.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.phonesystem.ConferenceDirectory.Room;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.LoggedIn;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory.RemoteCall;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory.Entry;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Call log, directory and rooms of a session, as wazo-call-logd and wazo-dird are described. */
class WazoServicesTest {
    private static final String CDR = "/api/call-logd/1.0/users/me/cdr";
    private static final String DIRD = "/api/dird/0.1";

    private final WazoStub wazo = new WazoStub();
    private final FakeLoginContext context = WazoStub.context(Policy.OPEN);
    private Session session;

    @BeforeEach
    void logIn() {
        var outcome = new WazoPhoneSystem("test", Seeds.random(1)).logIn(wazo.login(WazoStub.PASSWORD), context);
        session = ((LoggedIn) outcome).session();
    }

    @AfterEach
    void everythingThatWasAskedIsDescribed() {
        session.logOut();
        wazo.close();
        assertThat(wazo.objections).isEmpty();
        // What was under way as it closed ends by itself.
        Await.until(() -> context.open() == 0, Duration.ofSeconds(10));
        assertThat(context.refused()).isEmpty();
    }

    private static String call(int id, String from, String to, String direction, boolean answered) {
        return """
            {"id": ID, "start": "2026-03-01T10:00:ID.500000+02:00", "answer": null, "end": null, "duration": 12,
             "source_name": "Bob", "source_extension": "1002", "source_user_uuid": FROM,
             "destination_name": "Alice", "destination_extension": "1001", "destination_user_uuid": TO,
             "call_direction": "DIRECTION", "answered": ANSWERED, "tags": [], "recordings": []}
            """.replace("ID", Integer.toString(id))
                .replace("FROM", from)
                .replace("TO", to)
                .replace("DIRECTION", direction)
                .replace("ANSWERED", Boolean.toString(answered));
    }

    private static MockResponse items(String... items) {
        return WazoStub.json("{\"items\": [" + String.join(",", items) + "], \"total\": 99, \"filtered\": 99}");
    }

    @Test
    void calls_have_their_direction_and_remote_party() throws Exception {
        String me = "\"" + WazoStub.UUID + "\"";
        wazo.services.put(
                CDR,
                request -> items(
                        call(44, "\"other\"", me, "internal", true),
                        call(43, me, "\"other\"", "internal", false),
                        call(42, "null", me, "inbound", false),
                        call(41, me, "null", "outbound", true),
                        call(40, "null", "null", "inbound", false)));

        List<RemoteCall> calls = session.callHistory().recent(50);

        assertThat(calls).extracting(RemoteCall::id).containsExactly("44", "43", "42", "41", "40");
        assertThat(calls).extracting(RemoteCall::incoming).containsExactly(true, false, true, false, true);
        assertThat(calls).extracting(RemoteCall::number).containsExactly("1002", "1001", "1002", "1001", "1002");
        assertThat(calls).extracting(RemoteCall::answered).containsExactly(true, false, false, true, false);
        assertThat(calls.get(0).name()).isEqualTo("Bob");
        assertThat(calls.get(0).start()).isEqualTo(Instant.parse("2026-03-01T08:00:44.500Z"));
        assertThat(calls.get(0).duration()).isEqualTo(Duration.ofSeconds(12));
        assertThat(session.callHistory().deletable()).isFalse();
        assertThatThrownBy(() -> session.callHistory().delete("44")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_long_call_log_is_read_page_by_page_up_to_the_limit() throws Exception {
        wazo.services.put(CDR, request -> {
            int offset = Integer.parseInt(request.getUrl().queryParameter("offset"));
            int limit = Integer.parseInt(request.getUrl().queryParameter("limit"));
            List<String> page = new ArrayList<>();
            for (int i = offset; i < Math.min(offset + limit, 720); i++) {
                page.add(call(10 + i % 50, "null", "null", "inbound", true));
            }
            return items(page.toArray(new String[0]));
        });

        assertThat(session.callHistory().recent(600)).hasSize(600);
        assertThat(session.callHistory().recent(2000)).hasSize(720);
        assertThat(session.callHistory().recent(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"items\": 1}",
                "{\"items\": [{}]}",
                "{\"items\": [{\"id\": 1, \"start\": \"yesterday\"}]}",
                "nonsense"
            })
    void a_call_log_that_cannot_be_read_whole_is_not_read_at_all(String answer) {
        wazo.services.put(CDR, request -> WazoStub.json(answer));

        assertThatThrownBy(() -> session.callHistory().recent(10)).isInstanceOf(IOException.class);
    }

    @Test
    void a_call_log_that_is_watched_tells_of_a_new_call() {
        WazoSocketStub socket = new WazoSocketStub(wazo);
        AtomicInteger heard = new AtomicInteger();

        session.callHistory().watch(heard::incrementAndGet);
        Await.until(() -> heard.get() == 1 && socket.listening() == 1, Duration.ofSeconds(30));
        socket.tell("call_log_user_created");
        Await.until(() -> heard.get() == 2, Duration.ofSeconds(30));
        session.callHistory().watch(null);

        Await.until(() -> socket.listening() == 0, Duration.ofSeconds(30));
    }

    @Test
    void the_directory_lists_its_entries_up_to_a_limit() throws Exception {
        wazo.services.put(DIRD, this::dird);

        assertThat(session.directory().entries(100))
                .containsExactly(
                        new Entry("Bob Builder", "1002", List.of("+15145550002")),
                        new Entry("Carol", "1003", List.of()),
                        new Entry("Plumber Inc", null, List.of("+15145550009")),
                        new Entry("Mum", null, List.of("5550100")));
        assertThat(session.directory().entries(2)).hasSize(2);
        assertThat(session.directory().entries(0)).isEmpty();
    }

    @Test
    void rooms_are_the_conferences_that_have_a_number() throws Exception {
        wazo.services.put(DIRD, this::dird);

        assertThat(session.conferences().rooms(10))
                .containsExactly(new Room("Monday", "4001", false, null), new Room("4002", "4002", false, null));
        assertThat(session.conferences().rooms(1)).hasSize(1);
        assertThat(session.conferences().factory()).isNull();
    }

    @Test
    void a_user_without_directory_access_gets_an_error_and_no_empty_directory() {
        wazo.services.put(DIRD, request -> status(401));

        assertThatThrownBy(() -> session.directory().entries(10)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> session.conferences().rooms(10)).isInstanceOf(IOException.class);
    }

    private MockResponse dird(RecordedRequest request) {
        String path = request.getUrl().encodedPath().substring(DIRD.length());
        boolean first =
                !path.endsWith("/contacts") || "0".equals(request.getUrl().queryParameter("offset"));
        if (!first) {
            return items();
        }
        return switch (path) {
            case "/directories/default/sources" ->
                items(
                        "{\"uuid\": \"s1\", \"backend\": \"wazo\", \"name\": \"users\"}",
                        "{\"uuid\": \"s2\", \"backend\": \"phonebook\", \"name\": \"book\"}",
                        "{\"uuid\": \"s3\", \"backend\": \"conference\", \"name\": \"rooms\"}",
                        "{\"uuid\": \"../s4\", \"backend\": \"wazo\", \"name\": \"elsewhere\"}",
                        "{\"uuid\": \"s5\", \"backend\": \"google\", \"name\": \"elsewhere\"}");
            case "/backends/wazo/sources/s1/contacts" ->
                items(
                        "{\"id\": 1, \"firstname\": \"Bob\", \"lastname\": \"Builder\", \"exten\": \"1002\","
                                + " \"mobile_phone_number\": \"+15145550002\"}",
                        "{\"id\": 2, \"firstname\": \"Carol\", \"lastname\": null, \"exten\": \"1003\"}",
                        "{\"id\": 3, \"firstname\": \"Nobody\", \"lastname\": \"\", \"exten\": null}");
            case "/backends/phonebook/sources/s2/contacts" ->
                items("{\"id\": \"x\", \"firstname\": \"Plumber\", \"lastname\": \"Inc\", \"number\":"
                        + " \"+15145550009\"}");
            case "/backends/conference/sources/s3/contacts" ->
                items(
                        "{\"id\": 1, \"name\": \"Monday\", \"extensions\": [{\"exten\": \"4001\", \"context\":"
                                + " \"c\"}]}",
                        "{\"id\": 2, \"name\": null, \"extensions\": [{\"exten\": \"4002\", \"context\": \"c\"}]}",
                        "{\"id\": 3, \"name\": \"Nowhere\", \"extensions\": []}");
            case "/personal" -> items("{\"id\": \"p\", \"firstname\": \"Mum\", \"number\": \"5550100\"}");
            default -> status(404);
        };
    }
}
