// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import static com.techpro.callclient.testkit.cli.console.ConsoleStates.array;
import static com.techpro.callclient.testkit.cli.console.ConsoleStates.extension;
import static com.techpro.callclient.testkit.cli.console.ConsoleStates.faultsOn;
import static com.techpro.callclient.testkit.cli.console.ConsoleStates.firstLeg;
import static com.techpro.callclient.testkit.cli.console.ConsoleStates.has;
import static com.techpro.callclient.testkit.cli.console.ConsoleStates.outcome;
import static com.techpro.callclient.testkit.cli.console.ConsoleStates.packets;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.cli.console.ConsoleClient.Events;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console's extensions, their calls, and faults for one of them. */
class ConsoleExtensionsTest {
    private EmbeddedPbx pbx;
    private Console console;
    private ConsoleClient client;

    @BeforeEach
    void open() throws IOException {
        pbx = EmbeddedPbx.builder().extensions("1001", "1002").traced().start();
        console = Console.open(pbx, null, 0);
        client = new ConsoleClient(console);
    }

    @AfterEach
    void close() {
        console.close();
        pbx.close();
    }

    /** With real phones, through the trace; {@link RecentCallsTest} tests it message by message. */
    @Test
    void a_call_that_is_given_up_and_one_that_is_transferred_tell_so() {
        try (Events events = client.listen();
                RegisteredPhone anna = new RegisteredPhone(pbx, "1001", false);
                RegisteredPhone ben = new RegisteredPhone(pbx, "1002", true)) {
            Call unanswered = anna.dial("603");
            Await.until("it rings", () -> unanswered.snapshot().state() == CallState.RINGING_OUT);
            unanswered.hangUp();
            events.await("given up", has("recent", "\"outcome\":\"CANCELLED\",\"status\":487"));

            Call call = anna.dial("1002");
            Await.until("they talk", () -> call.snapshot().state() == CallState.ESTABLISHED);
            var unused = call.transfer("601");
            events.await("transferred", has("recent", "\"transferred\":true"));
            events.await(
                    "and goes on",
                    state -> outcome(state).equals("ANSWERED")
                            && !array(state, "calls").isEmpty());
            pbx.hangUpAll();
            events.await("over", state -> outcome(state).equals("ENDED"));
        }
    }

    @Test
    void an_extension_shows_the_state_and_the_codec_of_its_phones() {
        try (Events events = client.listen();
                RegisteredPhone phone = new RegisteredPhone(pbx, "1001", false)) {
            events.await(
                    "1001 is free", state -> extension(state, "1001", "state").equals("FREE"));
            Call ringing = phone.dial("603");
            events.await("it rings", state -> extension(state, "1001", "state").equals("RINGING"));
            ringing.hangUp();
            phone.dial("600");
            JsonObject state = events.await(
                    "it talks", now -> extension(now, "1001", "state").equals("TALKING") && packets(now) > 0);
            assertThat(firstLeg(state).get("codec").getAsString()).isEqualTo("PCMA");
            assertThat(extension(state, "1002", "state")).isEqualTo("NOT_REGISTERED");
        }
    }

    @Test
    void the_sound_of_an_extension_goes_wrong_one_way_by_figures_and_all_is_cleared() {
        try (Events events = client.listen()) {
            assertThat(client.post("/extension-fault", """
                                    {"extension":"1001","direction":"TO_PHONE","loss":0.05,"pattern":"IN_BURSTS","burst":3,
                                     "delayMillis":80,"jitterMillis":20,"reordered":0.1,"duplicated":0.2,"silent":true}
                                    """).statusCode()).isEqualTo(204);
            assertThat(pbx.faults().media("1001").toPhone().figures())
                    .isEqualTo(new MediaFigures(
                            new MediaFigures.Loss(MediaFigures.Pattern.IN_BURSTS, 0.05, 3),
                            Duration.ofMillis(80),
                            Duration.ofMillis(20),
                            0.1,
                            0.2,
                            true,
                            MediaFigures.NONE.stream(),
                            MediaFigures.NONE.handshake()));
            assertThat(pbx.faults().media("1001").fromPhone().isBad()).isFalse();
            events.await(
                    "it is told", state -> extension(state, "1001", "toPhone").contains("\"delayMillis\":80"));

            client.post("/extension-fault", "{\"extension\":\"1001\",\"direction\":\"FROM_PHONE\",\"loss\":0.5}");
            client.post("/extension-fault", "{\"extension\":\"1001\",\"direction\":\"TO_PHONE\"}");
            assertThat(pbx.faults().media("1001").toPhone().isBad()).isFalse();
            assertThat(pbx.faults().media("1001").fromPhone().figures().loss().share())
                    .isEqualTo(0.5);

            client.post("/fault", "{\"id\":\"MEDIA_LOSS\",\"on\":true}");
            events.await("the switch is on", now -> faultsOn(now).equals(List.of("MEDIA_LOSS")));
            pbx.on("INVITE").reply(503);
            assertThat(client.post("/clear-faults", "").statusCode()).isEqualTo(204);
            events.await(
                    "nothing goes wrong",
                    now -> faultsOn(now).isEmpty()
                            && extension(now, "1001", "fromPhone").isEmpty());
            assertThat(pbx.faults().media().lostShare()).isZero();
            try (RegisteredPhone phone = new RegisteredPhone(pbx, "1001", false)) {
                Call call = phone.dial("600");
                Await.until("it is answered", () -> call.snapshot().state() == CallState.ESTABLISHED);
            }
        }
    }

    @Test
    void figures_out_of_their_bounds_change_nothing() {
        client.post("/extension-fault", "{\"extension\":\"1001\",\"direction\":\"TO_PHONE\",\"loss\":0.5}");
        for (String wrong : List.of(
                "\"loss\":1.1",
                "\"delayMillis\":60001",
                "\"reordered\":0.6",
                "\"burst\":0",
                "\"lose\":0.1",
                "\"loss\":\"NaN\"")) {
            assertThat(client.post(
                                    "/extension-fault",
                                    "{\"extension\":\"1001\",\"direction\":\"TO_PHONE\"," + wrong + "}")
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(pbx.faults().media("1001").toPhone().figures().loss().share())
                .isEqualTo(0.5);
    }

    @Test
    void a_capture_of_one_call_has_that_call_and_a_capture_of_all_has_more() {
        try (Events events = client.listen();
                RegisteredPhone phone = new RegisteredPhone(pbx, "1001", false)) {
            phone.dial("602");
            phone.dial("604");
            JsonObject state = events.await(
                    "both are refused",
                    now -> array(now, "recent").size() == 2
                            && array(now, "recent").toString().split("REFUSED", -1).length == 3);
            String id =
                    array(state, "recent").get(1).getAsJsonObject().get("id").getAsString();
            HttpResponse<String> one = client.get("/capture?call=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
            assertThat(one.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"call.pcapng\"");
            // The magic number of a pcapng file's byte order, little-endian.
            assertThat(one.body())
                    .contains("\u001A", id, "INVITE sip:602")
                    .doesNotContain("INVITE sip:604", "REGISTER sip:");
            String all = client.get("/capture").body();
            assertThat(all)
                    .contains("INVITE sip:602", "INVITE sip:604", "REGISTER sip:")
                    .doesNotContain("inline:", "response=\"");
        }
        assertThat(client.get("/capture?call=none").statusCode()).isEqualTo(404);
    }
}
