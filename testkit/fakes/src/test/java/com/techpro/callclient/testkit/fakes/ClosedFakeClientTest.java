// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.WakeReason;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.EstablishmentOutcome;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.presence.CallCompletionOutcome;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything completes when a client closes. */
class ClosedFakeClientTest {
    private enum End {
        CLOSE(FakeCallClient::close),
        SHUTDOWN(client -> client.shutdown(Duration.ZERO).toCompletableFuture().join());

        private final Consumer<FakeCallClient> way;

        End(Consumer<FakeCallClient> way) {
            this.way = way;
        }
    }

    private final FakeCallClient client = new FakeCallClient();

    private static SipAccount account(String user) {
        return SipAccount.builder(user, "pbx.example", Secret.of("x")).build();
    }

    @ParameterizedTest
    @EnumSource
    void open_stages_complete(End end) {
        client.registrarIsSilent(true);
        FakeAccount silent = client.addAccount(account("1009"));
        var registered = silent.whenRegistered();
        var registeredOrFailed = silent.whenRegisteredOrFailed();
        client.registrarIsSilent(false);
        FakeAccount account = client.addAccount(account("1001"));
        client.logins().answerLater();
        var login = client.login(SipRegistrar.phoneSystem(), Login.of("1005@pbx.example", Secret.of("x")));
        FakeCall dialled = account.dial("1002");
        var established = dialled.whenEstablished();
        FakeCall talking = account.dial("1003");
        talking.remoteAnswers();
        var transfer = talking.transfer("1004");
        account.extensionIs("1006", LampState.TALKING);
        var completion = account.callWhenFree("1006").outcome();
        FakeBusyLamp lamp = account.watch("1006");
        var wake = client.wake(WakeReason.PUSH, Duration.ofSeconds(10));

        end.way.accept(client);

        assertThat(registered.toCompletableFuture().getNow(null).state()).isEqualTo(RegistrationState.UNREGISTERED);
        assertThat(registeredOrFailed.toCompletableFuture().getNow(null).state())
                .isEqualTo(RegistrationState.UNREGISTERED);
        assertThat(login).isCompletedWithValue(new LoginResult.LoggedOut());
        assertThat(established.toCompletableFuture().getNow(null)).isInstanceOf(EstablishmentOutcome.Ended.class);
        assertThat(transfer).isCompletedWithValue(new TransferOutcome.Refused(CommandRefusal.ENDED));
        assertThat(completion).isCompletedWithValue(new CallCompletionOutcome.Cancelled());
        assertThat(wake).isCompletedWithValue(new WakeOutcome(WakeOutcome.Result.CLOSED, null));
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.CLOSED);
        assertThat(talking.snapshot().ending()).isEqualTo(new CallEnding.LocalHangUp());
        assertThat(client.calls()).isEmpty();
        assertThat(client.accounts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void later_methods_throw_or_complete(End end) {
        FakeAccount account = client.loggedIn("Anna");
        FakeCall call = account.incomingCall("1002");
        end.way.accept(client);

        assertThatThrownBy(call::answer).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> account.dial("1003")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.addAccount(account("1001"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> account.incomingCall("1002")).isInstanceOf(IllegalStateException.class);
        assertThat(call.whenEstablished()).isDone();
        assertThat(account.whenRegistered()).isDone();
        assertThat(client.counters()).isDone();
        assertThat(client.diagnostics()).isDone();
        assertThat(client.wake(WakeReason.PUSH, Duration.ofSeconds(1))).isDone();
        assertThat(client.shutdown(Duration.ZERO)).isDone();
        client.close();
    }

    @Test
    void a_call_that_waits_for_a_free_extension_is_not_dialled_by_the_end() {
        FakeAccount account = client.loggedIn("Anna");
        account.dial("1002");
        account.extensionIs("1006", LampState.IDLE);
        var completion = account.callWhenFree("1006").outcome();

        client.close();

        assertThat(completion).isCompletedWithValue(new CallCompletionOutcome.Cancelled());
        assertThat(client.everyCall()).hasSize(1);
    }
}
