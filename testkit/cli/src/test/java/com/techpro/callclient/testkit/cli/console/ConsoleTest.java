// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import static com.techpro.callclient.testkit.cli.console.ConsoleStates.array;
import static com.techpro.callclient.testkit.cli.console.ConsoleStates.faultsOn;
import static com.techpro.callclient.testkit.cli.console.ConsoleStates.firstLeg;
import static com.techpro.callclient.testkit.cli.console.ConsoleStates.has;
import static com.techpro.callclient.testkit.cli.console.ConsoleStates.packets;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.cli.console.ConsoleClient.Events;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's server, as requested by a browser and by a foreign page. */
@Tag("slow")
class ConsoleTest {
    private static final String PASSWORD = "open-sesame-1001";

    private EmbeddedPbx pbx;
    private Console console;
    private ConsoleClient client;

    @BeforeEach
    void open() throws IOException {
        pbx = EmbeddedPbx.builder()
                .extension("1001", PASSWORD)
                .extension("1002", "open-sesame-1002")
                .traced()
                .start();
        console = Console.open(pbx, null, 0);
        client = new ConsoleClient(console);
    }

    @AfterEach
    void close() {
        console.close();
        pbx.close();
    }

    @Test
    void the_token_has_128_random_bits() {
        RandomDraws.assertRandomOctets(() -> {
            byte[] token = Base64.getUrlDecoder().decode(new ConsoleAccess(80).token());
            assertThat(token).hasSize(16);
            return token;
        });
    }

    @Test
    void the_address_with_the_token_gives_a_cookie_and_leads_to_the_page_without_it() {
        HttpResponse<String> first = client.send(client.request("/?token=" + client.token()));

        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.headers().firstValue("Location")).contains("/");
        assertThat(first.headers().firstValue("Set-Cookie"))
                .contains(client.cookie() + "; Path=/; HttpOnly; SameSite=Strict");
        HttpResponse<String> page = client.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Live calls");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?token=",
                "/?token=AAAAAAAAAAAAAAAAAAAAAA",
                "/events",
                "/console.js",
                "/ladder?call=1",
                "/state",
                "/capture",
                "/recording?call=1"
            })
    void nobody_gets_anything_without_the_token(String path) {
        assertThat(client.send(client.request(path)).statusCode()).isEqualTo(403);
        HttpResponse<String> wrong = client.send(client.request(path)
                .header("Cookie", client.cookie().substring(0, client.cookie().length() - 1)));
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.body()).doesNotContain(client.token());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true, 200",
        "localhost, true, 200",
        "rebound.example.org, true, 403",
        "127.0.0.1, false, 403"
    })
    void only_the_names_of_the_loopback_with_its_port_are_served(String host, boolean withPort, String status) {
        assertThat(client.statusAs("Host: " + host + (withPort ? ":" + client.port() : "") + "\r\n"))
                .isEqualTo(status);
    }

    @Test
    void a_request_without_a_name_and_one_of_another_site_are_refused() {
        assertThat(client.statusAs("")).isIn("400", "403");
        HttpResponse<String> other = client.send(
                client.request("/").header("Cookie", client.cookie()).header("Sec-Fetch-Site", "same-site"));
        assertThat(other.statusCode()).isEqualTo(403);
    }

    @Test
    void it_is_not_served_at_another_address_of_this_machine() {
        Assertions.assertThatThrownBy(() -> new Socket(InetAddress.getByName("127.0.0.2"), client.port()).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_request_with_only_the_cookie_changes_nothing() {
        HttpRequest.Builder forged = client.request("/fault")
                .header("Cookie", client.cookie())
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"INVITE_503\",\"on\":\"true\"}"));

        assertThat(client.send(forged).statusCode()).isEqualTo(403);
        assertThat(client.send(forged.header(ConsoleAccess.TOKEN_HEADER, "guessed"))
                        .statusCode())
                .isEqualTo(403);
        try (Events events = client.listen()) {
            JsonObject state = events.await("a state", any -> true);
            assertThat(faultsOn(state)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/fault | {\"id\":\"NO_SUCH\",\"on\":\"true\"} | 400",
                "/fault | [1] | 400",
                "/fault | {\"id\":{}} | 400",
                "/fault | {{ | 400",
                "/hang-up | {\"id\":\"77\"} | 400",
                "/ring | {\"extension\":\"9\",\"number\":\"1\",\"name\":\"\"} | 400",
                "/ring | {\"extension\":\"1001\",\"number\":\"a@b\",\"name\":\"\"} | 400",
                "/ring | {\"extension\":\"1001\",\"number\":\"1\",\"name\":\"a\\r\\nX: y\"} | 400",
                "/nothing | {} | 404"
            })
    void an_invalid_request_is_refused(String path, String body, int status) {
        assertThat(client.post(path, body).statusCode()).isEqualTo(status);
        assertThat(pbx.state().activeCalls()).isZero();
    }

    @Test
    void too_much_is_refused() {
        assertThat(client.post("/ring", "x".repeat(5_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void a_registration_is_told_and_so_is_that_it_is_forgotten() {
        try (Events events = client.listen()) {
            events.await(
                    "nobody is registered",
                    state -> array(state, "registrations").isEmpty());
            try (RegisteredPhone phone = new RegisteredPhone(pbx, "1001", false)) {
                JsonObject state = events.await("1001 is registered", has("registrations", "\"1001\""));
                assertThat(array(state, "registrations").toString()).contains("TLS");

                assertThat(client.post("/forget-registrations", "").statusCode())
                        .isEqualTo(204);
                events.await(
                        "nobody is registered",
                        now -> array(now, "registrations").isEmpty());
            }
        }
    }

    @Test
    void an_extension_is_rung_talks_with_measured_quality_and_is_hung_up() {
        try (Events events = client.listen();
                RegisteredPhone phone = new RegisteredPhone(pbx, "1001", true)) {
            HttpResponse<String> rung = client.post(
                    "/ring", "{\"extension\":\"1001\",\"number\":\"+4930123456\",\"name\":\"Reception <b>\"}");
            assertThat(rung.statusCode()).isEqualTo(204);
            events.await("it is answered", has("rung", "\"ANSWERED\""));
            JsonObject state = events.await("packets are counted", now -> packets(now) > 20);
            JsonObject leg = firstLeg(state);
            assertThat(leg.get("extension").getAsString()).isEqualTo("1001");
            assertThat(leg.get("other").getAsString()).isEqualTo("Reception <b> <+4930123456>");
            assertThat(leg.get("keys").getAsString()).isEqualTo("SDES");
            assertThat(leg.get("lostAtDevice").getAsDouble()).isBetween(0.0, 1.0);
            assertThat(leg.get("jitterMillis").getAsLong()).isBetween(0L, 1_000L);

            assertThat(client.post("/hang-up", "{\"id\":\"1\"}").statusCode()).isEqualTo(204);
            events.await("it is over", has("rung", "\"ENDED\""));
            events.await("nobody calls", now -> array(now, "calls").isEmpty());
        }
    }

    @Test
    void ringing_an_extension_without_a_phone_is_refused_with_480() {
        try (Events events = client.listen()) {
            assertThat(client.post("/ring", "{\"extension\":\"1002\",\"number\":\"5\",\"name\":\"\"}")
                            .statusCode())
                    .isEqualTo(204);
            JsonObject state = events.await("it is refused", has("rung", "\"REFUSED\""));
            assertThat(array(state, "rung").toString()).contains("480");
        }
    }

    @ParameterizedTest
    @EnumSource(FaultSwitches.Kind.class)
    void a_fault_is_on_and_off_again_as_if_nothing_had_been(FaultSwitches.Kind kind) {
        pbx.faults().media().loseShare(0.02);
        try (Events events = client.listen()) {
            String turn = "{\"id\":\"" + kind + "\",\"on\":\"%s\"}";
            assertThat(client.post("/fault", turn.formatted("true")).statusCode())
                    .isEqualTo(204);
            assertThat(client.post("/fault", turn.formatted("true")).statusCode())
                    .isEqualTo(204);
            events.await("it is on", state -> faultsOn(state).equals(List.of(kind.name())));
            client.post("/fault", turn.formatted("false"));
            events.await("it is off", state -> faultsOn(state).isEmpty());
        }
        assertThat(pbx.faults().media().lostShare()).isEqualTo(0.02);
        try (RegisteredPhone phone = new RegisteredPhone(pbx, "1001", false)) {
            Call call = phone.dial("604");
            Await.until("it is over", () -> call.snapshot().ending() != null);
            assertThat(String.valueOf(call.snapshot().ending())).doesNotContain("503");
        }
        assertThat(pbx.faults().fired()).isZero();
    }

    @Test
    void a_recent_call_shows_its_outcome_and_not_the_ACK() {
        try (Events events = client.listen();
                RegisteredPhone phone = new RegisteredPhone(pbx, "1001", false)) {
            Call busy = phone.dial("602");
            Await.until("it is refused", () -> busy.snapshot().ending() != null);
            events.await("busy", has("recent", "\"last\":\"486 Busy Here\""));
            Call echo = phone.dial("600");
            Await.until("they talk", () -> echo.snapshot().state() == CallState.ESTABLISHED);
            events.await("answered", has("recent", "\"last\":\"200 OK\""));
            echo.hangUp();
            events.await("over", has("recent", "\"last\":\"BYE\""));
        }
    }

    @Test
    void a_token_in_the_header_needs_no_cookie_and_is_refused_cross_site() {
        assertThat(client.send(client.request("/state").header(ConsoleAccess.TOKEN_HEADER, client.token()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.send(client.request("/state").header(ConsoleAccess.TOKEN_HEADER, "guessed"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(client.send(client.request("/state")
                                .header(ConsoleAccess.TOKEN_HEADER, client.token())
                                .header("Sec-Fetch-Site", "cross-site"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_fault_that_is_on_happens() {
        client.post("/fault", "{\"id\":\"INVITE_503\",\"on\":\"true\"}");
        try (RegisteredPhone phone = new RegisteredPhone(pbx, "1001", false)) {
            Call call = phone.dial("600");
            Await.until("it is over", () -> call.snapshot().ending() != null);
            assertThat(String.valueOf(call.snapshot().ending())).contains("503");
        }
        assertThat(pbx.faults().fired()).isPositive();
    }

    @Test
    void the_two_sides_of_a_call_have_one_ladder() {
        try (Events events = client.listen();
                RegisteredPhone caller = new RegisteredPhone(pbx, "1001", false);
                RegisteredPhone called = new RegisteredPhone(pbx, "1002", true)) {
            caller.dial("1002");
            JsonObject state = events.await(
                    "they talk, as one call",
                    now -> packets(now) > 0 && array(now, "recent").size() == 1);
            JsonObject call = array(state, "recent").get(0).getAsJsonObject();
            assertThat(call.get("from").getAsString()).isEqualTo("1001");
            assertThat(call.get("to").getAsString()).isEqualTo("1002");

            String id = call.get("id").getAsString();
            HttpResponse<String> ladder = client.get("/ladder?call=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
            assertThat(ladder.statusCode()).isEqualTo(200);
            assertThat(ladder.body())
                    .contains("1001 calls 1002", "INVITE", "180", "200")
                    .doesNotContain("REGISTER sip:");
            assertThat(ladder.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'")
                    .doesNotContain("script-src");
        }
        assertThat(client.get("/ladder?call=none").statusCode()).isEqualTo(404);
        assertThat(client.get("/ladder").statusCode()).isEqualTo(404);
    }

    @Test
    void rooms_are_listed_with_their_participants() {
        try (Events events = client.listen();
                RegisteredPhone phone = new RegisteredPhone(pbx, "1001", false)) {
            phone.dial("8000");
            JsonObject state = events.await("1001 is in it", has("rooms", "\"1001\""));
            assertThat(state.has("mailboxes")).isFalse();
        }
    }

    @Test
    void mailboxes_are_told_where_there_are_some() throws IOException {
        try (EmbeddedPbx other = EmbeddedPbx.builder()
                        .extensions("1001")
                        .voicemail()
                        .traced()
                        .start();
                Console page = Console.open(other, other.voicemail(), 0);
                Events events = new ConsoleClient(page).listen()) {
            events.await("an empty box", has("mailboxes", "{\"extension\":\"1001\",\"unheard\":0,\"stored\":0}"));
            other.voicemail().leave("1001", "1002", "Ben", new short[8_000]);
            events.await("a message", has("mailboxes", "{\"extension\":\"1001\",\"unheard\":1,\"stored\":1}"));
        }
    }

    @Test
    void no_answer_has_a_password_or_a_key() {
        StringBuilder all = new StringBuilder();
        try (Events events = client.listen();
                RegisteredPhone caller = new RegisteredPhone(pbx, "1001", false);
                RegisteredPhone called = new RegisteredPhone(pbx, "1002", true)) {
            caller.dial("1002");
            JsonObject state = events.await(
                    "they talk", now -> packets(now) > 0 && array(now, "recent").size() == 1);
            String id =
                    array(state, "recent").get(0).getAsJsonObject().get("id").getAsString();
            all.append(client.get("/ladder?call=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                    .body());
            for (String path : List.of(
                    "/",
                    "/console.js",
                    "/tables.js",
                    "/console.css",
                    "/openapi.json",
                    "/state",
                    "/capture",
                    "/recording",
                    "/nothing")) {
                all.append(client.get(path).body());
            }
            all.append(events.text());
        }
        assertThat(all.toString()).contains("1002").doesNotContain(PASSWORD, "inline:", "response=\"");
        assertThat(all.toString().split(client.token(), -1))
                .as("the token, but in the page")
                .hasSize(2);
    }

    @Test
    void a_browser_that_is_gone_makes_room_and_there_is_room_for_few() {
        List<Events> open = new ArrayList<>();
        for (int i = 0; i < StateFeed.MOST_LISTENERS; i++) {
            open.add(client.listen());
        }
        assertThat(client.get("/events").statusCode()).isEqualTo(503);
        assertThat(client.get("/").statusCode()).isEqualTo(200);

        open.forEach(Events::close);
        Await.until("all are gone", () -> console.listeners() == 0);
        client.listen().close();
    }

    /** As from a program that blocks the console for others. */
    private Socket halfSent() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), client.port());
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void sixty_half_sent_requests_keep_nobody_away() throws IOException {
        List<Socket> others = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                others.add(halfSent());
            }

            assertThat(client.get("/").statusCode()).isEqualTo(200);
        } finally {
            for (Socket each : others) {
                each.close();
            }
        }
    }

    @Test
    void a_half_sent_request_is_given_up() throws IOException {
        try (Socket socket = halfSent()) {
            socket.setSoTimeout(20_000);

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }
}
