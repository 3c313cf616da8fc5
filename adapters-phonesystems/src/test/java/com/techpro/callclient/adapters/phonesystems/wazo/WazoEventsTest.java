// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.adapters.phonesystems.provisioning.HttpsClient;
import com.techpro.callclient.adapters.phonesystems.provisioning.StubServer;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class WazoEventsTest {
    private final WazoStub wazo = new WazoStub();
    private final WazoSocketStub socket = new WazoSocketStub(wazo);
    private final FakeLoginContext context = WazoStub.context(Policy.OPEN);
    private final AtomicInteger mail = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private HttpsClient client;
    private WazoTokens tokens;
    private WazoEvents events;

    @BeforeEach
    void logIn() throws Exception {
        context.allow(List.of(wazo.address()));
        client = HttpsClient.lasting(context, StubServer.trust());
        tokens = WazoTokens.of(client, wazo.address(), context, "c");
        tokens.logIn(wazo.login(WazoStub.PASSWORD));
        events = new WazoEvents(new WazoApi(client, wazo.address(), tokens), tokens, context, Seeds.random(5));
    }

    @AfterEach
    void everythingThatWasAskedIsDescribed() {
        events.close();
        tokens.revoke(null);
        client.close();
        await(() -> context.open() == 0);
        wazo.close();
        assertThat(wazo.objections).isEmpty();
    }

    private static void await(BooleanSupplier condition) {
        Await.until(condition, Duration.ofSeconds(30));
    }

    @Test
    void each_listener_gets_its_own_events() {
        events.listen(WazoEvents.VOICEMAIL, mail::incrementAndGet);
        events.listen(WazoEvents.CALL_LOG, calls::incrementAndGet);
        await(() -> mail.get() == 1 && calls.get() == 1 && socket.listening() == 1);

        socket.tell("user_voicemail_message_updated");
        await(() -> mail.get() == 2);
        socket.tell("call_log_user_created");
        await(() -> calls.get() == 2);

        assertThat(mail.get()).isEqualTo(2);
        assertThat(socket.connections.get()).isEqualTo(1);
    }

    @Test
    void no_compression_is_offered_because_its_expansion_is_unbounded() {
        events.listen(WazoEvents.VOICEMAIL, mail::incrementAndGet);
        await(() -> mail.get() == 1);

        assertThat(wazo.server.requests)
                .filteredOn(request -> request.getUrl().encodedPath().contains("websocketd"))
                .hasSize(1)
                .allSatisfy(request -> assertThat(request.getHeaders().get("Sec-WebSocket-Extensions"))
                        .isNull());
    }

    @ParameterizedTest
    @ValueSource(ints = {1011, 4002, 4003, 4004})
    void a_connection_closed_by_the_server_is_reopened_and_its_listeners_are_notified(int code) {
        events.listen(WazoEvents.VOICEMAIL, mail::incrementAndGet);
        await(() -> mail.get() == 1 && socket.listening() == 1);
        int tokensBefore = wazo.everyToken().size();

        socket.closeAll(code);

        await(() -> mail.get() == 2);
        assertThat(socket.connections.get()).isEqualTo(2);
        boolean tokenEnded = code == 4002 || code == 4003;
        assertThat(wazo.everyToken()).hasSize(tokenEnded ? tokensBefore + 1 : tokensBefore);
    }

    @Test
    void a_token_that_the_server_does_not_know_is_renewed() {
        wazo.sessionOfToken.clear();

        events.listen(WazoEvents.VOICEMAIL, mail::incrementAndGet);

        await(() -> mail.get() == 1);
        assertThat(socket.connections.get()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"op\": 7", "{\"op\": null}", "\u0000"})
    void a_server_that_speaks_nonsense_is_left_and_tried_again(String nonsense) {
        events.listen(WazoEvents.VOICEMAIL, mail::incrementAndGet);
        await(() -> mail.get() == 1 && socket.listening() == 1);

        socket.sendAll(nonsense);

        await(() -> mail.get() == 2);
        assertThat(socket.connections.get()).isEqualTo(2);
    }

    @Test
    void the_content_of_an_event_beyond_its_name_is_ignored() {
        events.listen(WazoEvents.VOICEMAIL, mail::incrementAndGet);
        await(() -> mail.get() == 1 && socket.listening() == 1);

        socket.sendAll("{\"op\": \"event\", \"data\": null}");
        socket.sendAll("{\"op\": \"event\", \"data\": {\"name\": {\"x\": 1}}}");
        socket.sendAll("{\"op\": \"later\", \"data\": {}}");
        socket.tell("user_voicemail_message_deleted");

        await(() -> mail.get() == 2);
        assertThat(socket.connections.get()).isEqualTo(1);
    }

    @Test
    void with_nobody_listening_there_is_no_connection() {
        WazoEvents.Listening listening = events.listen(WazoEvents.VOICEMAIL, mail::incrementAndGet);
        await(() -> mail.get() == 1 && socket.listening() == 1);

        listening.close();
        await(() -> socket.listening() == 0);
        listening.close();

        events.listen(WazoEvents.CALL_LOG, calls::incrementAndGet);
        await(() -> calls.get() == 1);
        assertThat(mail.get()).isEqualTo(1);
        assertThat(socket.connections.get()).isEqualTo(2);
    }
}
