// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.adapters.phonesystems.provisioning.StubServer;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user of a Wazo in a whole engine, through its egress guard and on its workers. Nobody answers SIP there. */
class WazoLoginTest {
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
    private final WazoStub wazo = new WazoStub();
    private final WazoSocketStub socket = new WazoSocketStub(wazo);
    private final CallClient client =
            CallClient.create(CallClientConfig.builder().callbacks(callbacks).build());

    @AfterEach
    void everythingThatWasAskedIsDescribed() throws Exception {
        get(client.shutdown(Duration.ofMillis(100)));
        await(() -> socket.listening() == 0);
        callbacks.shutdownNow();
        wazo.close();
        assertThat(wazo.objections).isEmpty();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static void await(BooleanSupplier condition) {
        Await.until(condition, Duration.ofSeconds(30));
    }

    private void logIn() throws Exception {
        HostPort server = new HostPort("127.0.0.1", wazo.address().port());
        Login login =
                Login.of(WazoStub.USER, Secret.of(WazoStub.PASSWORD)).at(server).trusting(StubServer.trust());
        LoginResult result = get(client.login(PhoneSystems.wazo("installation-7"), login));
        assertThat(result).isInstanceOf(LoginResult.LoggedIn.class);
    }

    private void hasCalls(int count) {
        List<String> calls = new ArrayList<>();
        for (int i = count; i > 0; i--) {
            calls.add("{\"id\": " + i + ", \"start\": \"2026-03-01T10:0" + i
                    + ":00+00:00\", \"source_extension\": \"1002\","
                    + " \"call_direction\": \"inbound\", \"answered\": true, \"duration\": 3}");
        }
        wazo.services.put(
                "/api/call-logd/1.0/users/me/cdr",
                request -> WazoStub.json("{\"items\": " + calls + ", \"total\": " + count + "}"));
    }

    @Test
    void the_history_shows_the_call_log_of_the_phone_system_and_follows_its_events() throws Exception {
        hasCalls(1);
        logIn();
        await(() -> client.people().history().snapshot().entries().size() == 1 && socket.listening() == 1);

        assertThat(client.profile().extension()).isEqualTo("1001");
        hasCalls(2);
        socket.tell("call_log_user_created");
        await(() -> client.people().history().snapshot().entries().size() == 2);
    }

    @Test
    void logging_out_revokes_the_tokens_and_ends_the_connection() throws Exception {
        logIn();
        await(() -> socket.listening() == 1);

        get(client.logout(LogoutOptions.EVERYTHING));

        assertThat(wazo.sessionOfToken).isEmpty();
        assertThat(wazo.refreshOfClient).isEmpty();
        await(() -> socket.listening() == 0);
    }
}
