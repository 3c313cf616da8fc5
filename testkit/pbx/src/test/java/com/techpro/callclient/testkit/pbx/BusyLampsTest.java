// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.CallCompletion;
import com.techpro.callclient.engine.presence.CallCompletionOutcome;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole engines at the PBX see what the others are doing. */
class BusyLampsTest {
    private final VirtualTime time = VirtualTime.seeded(4235);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 4235);
    private final EmbeddedPbx pbx = EmbeddedPbx.builder()
            .address("10.0.0.1")
            .extensions("1001", "1002", "1003", "1004")
            .random(time.random("pbx"))
            .start(network.host("10.0.0.1"), time);
    private final List<CallClient> clients = new ArrayList<>();
    private final List<Call> ringing = new ArrayList<>();
    private final Account anna = account("1001");
    private final Account bert = account("1002");
    private final Account carol = account("1003");

    private Account account(String extension) {
        return account(extension, pbx.account(extension).build());
    }

    private Account account(String extension, SipAccount of) {
        CallClient client = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(time)
                        .network(network.host("10.0.1." + extension.substring(3)))
                        .random(time.random(extension)))
                .platform(p -> p.audio(new FakeAudio(time.openLoop("audio-" + extension))))
                .callbacks(Runnable::run)
                .listener(new CallClientListener() {
                    @Override
                    public void incomingCall(Call call, CallSnapshot snapshot) {
                        ringing.add(call);
                    }
                })
                .build());
        clients.add(client);
        Account account = client.addAccount(of);
        until(() -> account.registration().state() == RegistrationState.REGISTERED);
        return account;
    }

    private void until(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        clients.forEach(CallClient::close);
        time.advance(Duration.ofSeconds(10));
        pbx.close();
        time.advance(Duration.ofSeconds(1));
        network.close();
        time.close();
    }

    private static List<LampState> shown(BusyLamp lamp) {
        List<LampState> shown = new ArrayList<>();
        lamp.addListener((of, after) -> shown.add(after.state()));
        return shown;
    }

    @Test
    void a_call_is_seen_from_ringing_to_its_end_at_both_of_its_phones() {
        BusyLamp caller = carol.watch("1001");
        BusyLamp callee = carol.watch("1002");
        List<LampState> atCaller = shown(caller);
        List<LampState> atCallee = shown(callee);
        until(() ->
                callee.snapshot().state() == LampState.IDLE && caller.snapshot().state() == LampState.IDLE);

        Call call = anna.dial("1002");
        until(() -> callee.snapshot().state() == LampState.RINGING);
        assertThat(Objects.requireNonNull(callee.snapshot().party()).user()).isEqualTo("1001");
        assertThat(callee.snapshot().pickUpPossible()).isTrue();
        until(() -> !ringing.isEmpty());
        ringing.get(0).answer();
        until(() -> callee.snapshot().state() == LampState.TALKING);
        time.advance(Duration.ofSeconds(5));
        call.hangUp();
        until(() ->
                callee.snapshot().state() == LampState.IDLE && caller.snapshot().state() == LampState.IDLE);

        assertThat(atCallee)
                .containsExactly(
                        LampState.UNKNOWN, LampState.IDLE, LampState.RINGING, LampState.TALKING, LampState.IDLE);
        assertThat(atCaller).containsExactly(LampState.UNKNOWN, LampState.IDLE, LampState.TALKING, LampState.IDLE);
    }

    @Test
    void the_list_covers_its_extensions_and_a_missing_one_is_subscribed_separately() {
        Account watcher =
                account("1004", pbx.account("1004").resourceList("lamps").build());
        BusyLamp caller = watcher.watch("1001");
        BusyLamp callee = watcher.watch("1002");
        BusyLamp nobody = watcher.watch("1999");
        List<LampState> atCallee = shown(callee);
        until(() ->
                callee.snapshot().state() == LampState.IDLE && caller.snapshot().state() == LampState.IDLE);
        until(() -> nobody.snapshot().state() == LampState.NOT_FOUND);

        Call call = anna.dial("1002");
        until(() -> callee.snapshot().state() == LampState.RINGING);
        assertThat(Objects.requireNonNull(callee.snapshot().party()).user()).isEqualTo("1001");
        until(() -> !ringing.isEmpty());
        ringing.get(0).answer();
        until(() -> callee.snapshot().state() == LampState.TALKING
                && caller.snapshot().state() == LampState.TALKING);
        call.hangUp();
        until(() ->
                callee.snapshot().state() == LampState.IDLE && caller.snapshot().state() == LampState.IDLE);
        assertThat(atCallee)
                .containsExactly(
                        LampState.UNKNOWN, LampState.IDLE, LampState.RINGING, LampState.TALKING, LampState.IDLE);
    }

    @Test
    void a_late_watcher_sees_the_current_call_and_a_missing_extension_is_reported() {
        anna.dial("1002");
        until(() -> !ringing.isEmpty());
        ringing.get(0).answer();
        until(() -> ringing.get(0).snapshot().state() == CallState.ESTABLISHED);

        BusyLamp lamp = carol.watch("1002");
        BusyLamp nobody = carol.watch("1999");

        until(() -> lamp.snapshot().state() == LampState.TALKING);
        until(() -> nobody.snapshot().state() == LampState.NOT_FOUND);
    }

    @Test
    void lamps_survive_a_phone_system_that_restarts_without_memory() {
        BusyLamp lamp = carol.watch("1002");
        until(() -> lamp.snapshot().state() == LampState.IDLE);

        pbx.restart();
        until(() -> lamp.snapshot().state() == LampState.UNKNOWN);
        time.runUntil(
                () -> lamp.snapshot().state() == LampState.IDLE
                        && anna.registration().state() == RegistrationState.REGISTERED
                        && bert.registration().state() == RegistrationState.REGISTERED,
                Duration.ofMinutes(5));
        anna.dial("1002");
        time.runUntil(() -> lamp.snapshot().state() == LampState.RINGING, Duration.ofMinutes(5));
    }

    @Test
    void a_busy_extension_is_called_when_it_hangs_up() {
        Call call = anna.dial("1002");
        until(() -> !ringing.isEmpty());
        ringing.get(0).answer();
        until(() -> call.snapshot().state() == CallState.ESTABLISHED);

        CallCompletion completion = carol.callWhenFree("1002");
        time.advance(Duration.ofSeconds(30));
        assertThat(ringing).hasSize(1);
        call.hangUp();
        until(() -> ringing.size() == 2);

        assertThat(ringing.get(1).snapshot().remote().user()).isEqualTo("1003");
        assertThat(completion.outcome().toCompletableFuture().getNow(null))
                .isInstanceOf(CallCompletionOutcome.Called.class);
        assertThat(bert.calls()).hasSize(1);
    }

    @Test
    void a_call_that_rings_at_a_colleague_is_picked_up_and_stops_ringing_there() {
        BusyLamp lamp = carol.watch("1002");
        until(() -> lamp.snapshot().state() == LampState.IDLE);
        Call call = anna.dial("1002");
        until(() -> lamp.snapshot().pickUpPossible() && !ringing.isEmpty());

        Call picked = Objects.requireNonNull(lamp.pickUp());

        until(() -> picked.snapshot().state() == CallState.ESTABLISHED
                && call.snapshot().state() == CallState.ESTABLISHED);
        until(() -> ringing.get(0).snapshot().state() == CallState.ENDED);
        until(() -> lamp.snapshot().state() == LampState.IDLE);
        assertThat(bert.calls()).isEmpty();
    }
}
