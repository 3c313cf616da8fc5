// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.presence.CallCompletionOutcome;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the phone system does to an account that the app has added, and what the app sees of it. */
class FakeAccountTest {
    private final FakeCallClient client =
            new FakeCallClient(config -> config.customHeaders("X-Queue").keepTextMessages(9));
    private final List<String> told = new ArrayList<>();

    private FakeAccount added() {
        Account account = client.addAccount(
                SipAccount.builder("1001", "pbx.test", Secret.of("x")).build());
        FakeAccount far = client.account("1001");
        assertThat(far.account()).isSameAs(account);
        client.addListener(new CallClientListener() {
            @Override
            public void registrationChanged(Account of, RegistrationSnapshot after) {
                told.add(after.state().toString());
            }

            @Override
            public void incomingRefused(Account of, RefusedRequest refused) {
                told.add(refused.reason() + " " + refused.status());
            }

            @Override
            public void messageReceived(Account of, TextMessage message) {
                told.add(message.from().user() + " " + message.text());
            }

            @Override
            public void messageReceipt(Account of, MessageReceipt receipt) {
                told.add(receipt.status().toString());
            }

            @Override
            public void messagesWaitingChanged(Account of, MessagesWaiting after) {
                told.add("waiting " + after);
            }
        });
        client.advance(Duration.ofSeconds(1));
        told.clear();
        return far;
    }

    @Test
    void an_account_at_any_domain_registers_and_is_lost_and_regained() {
        FakeAccount account = added();
        assertThat(account.account().registration().state()).isEqualTo(RegistrationState.REGISTERED);
        account.registrationLost();
        assertThat(account.account().registration().retryIn()).isNotNull();
        assertThatThrownBy(() -> account.incomingCall("1002")).isInstanceOf(IllegalStateException.class);
        account.registered();

        assertThat(told).contains("WAITING").endsWith("REGISTERED");
        account.registrationRefused(503);
        assertThat(account.account().registration().state()).isEqualTo(RegistrationState.WAITING);
        account.registrationRefused(403);
        assertThat(account.account().registration().state()).isEqualTo(RegistrationState.FAILED);
    }

    @Test
    void a_registrar_is_silent_or_refuses_from_the_start() {
        client.registrarIsSilent(true);
        FakeAccount account = added();
        assertThat(account.account().registration().state()).isEqualTo(RegistrationState.REGISTERING);
        account.registered();
        assertThat(account.account().registration().state()).isEqualTo(RegistrationState.REGISTERED);

        client.registrarRefuses(403);
        Account refused = client.addAccount(
                SipAccount.builder("1009", "pbx.test", Secret.of("x")).build());
        client.advance(Duration.ofSeconds(2));
        assertThat(refused.registration().state()).isEqualTo(RegistrationState.FAILED);
        assertThat(client.requests()).contains("REGISTER 1001", "REGISTER 1009");
    }

    @Test
    void an_event_at_one_of_two_accounts_reaches_that_one() {
        FakeAccount first = added();
        Account second = client.addAccount(
                SipAccount.builder("1009", "elsewhere.test", Secret.of("x")).build());
        FakeAccount last = client.account("1009");
        BusyLamp lamp = first.account().watch("1005");
        client.advance(Duration.ofSeconds(1));
        first.extensionIs("1005", LampState.TALKING);

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.TALKING);
        FakeCall toFirst = first.incomingCall("1002");
        FakeCall toLast = last.incomingCall("1002");
        assertThat(first.account().calls()).containsExactly(toFirst.call());
        assertThat(second.calls()).containsExactly(toLast.call());
        first.account().dial("1003");
        client.lastCall().remoteAnswers();
        assertThat(client.lastCall().snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void the_caller_and_the_headers_of_a_call_are_those_of_its_INVITE() {
        FakeAccount account = added();
        FakeCall named = account.incomingCall("+4930123456", "Bob");
        assertThat(named.snapshot().caller().display()).isEqualTo("Bob");
        FakeCall withheld = account.incomingCall(PartyIdentity.anonymous("pbx.test"), "X-Queue: sales");
        assertThat(withheld.snapshot().caller()).isEqualTo(Caller.WITHHELD);
        assertThat(withheld.snapshot().headers()).containsExactly(new CallHeader("X-Queue", "sales"));

        account.account().dial("1002", CallOptions.DEFAULT.withHeaders(List.of(new CallHeader("X-Queue", "7"))));

        assertThat(client.lastCall().header("X-Queue")).isEqualTo("7");
        assertThat(client.lastCall().header("X-Other")).isNull();
    }

    @Test
    void do_not_disturb_and_forwarding_apply_before_it_rings() {
        FakeAccount account = added();
        client.await(client.incomingCalls().doNotDisturb().set(true));
        FakeCall refused = account.incomingCall("1002");
        assertThat(refused.refusal()).isEqualTo(480);
        assertThatThrownBy(refused::call).isInstanceOf(IllegalStateException.class);
        client.await(client.incomingCalls().forwarding().set(ForwardingRules.NONE.withAlways("1004")));
        assertThat(account.incomingCall("1002").refusal()).isEqualTo(302);

        assertThat(told).containsExactly("DO_NOT_DISTURB 480", "FORWARDED 302");
    }

    @Test
    void a_text_arrives_and_is_answered() {
        FakeAccount account = added();
        account.textArrives("1002", "hello");
        MessageOutcome sent = client.await(account.account().sendMessage("1002", "hi", MessageOptions.RECEIPTS));
        assertThat(sent).isInstanceOf(MessageOutcome.Delivered.class);
        account.receiptArrives(new MessageReceipt(
                sent.id(), new PartyIdentity(null, "1002", "pbx.test"), MessageReceipt.Status.DISPLAYED));

        assertThat(told).containsExactly("1002 hello", "DISPLAYED");
        assertThat(client.textMessages().snapshot().conversations()).hasSize(1);
        account.textsEndWith(404);
        assertThat(client.await(account.account().sendMessage("1003", "hi"))).isInstanceOf(MessageOutcome.Failed.class);
    }

    @Test
    void lamps_show_the_state_that_the_phone_system_reports() {
        FakeAccount account = added();
        BusyLamp lamp = account.account().watch("1005");
        List<LampState> shown = new ArrayList<>();
        lamp.addListener((BusyLamp from, BusyLampSnapshot after) -> shown.add(after.state()));
        client.advance(Duration.ofSeconds(1));
        assertThat(lamp.pickUp()).isNull();
        account.extensionIs("1005", LampState.TALKING);
        account.extensionRings("1005", new PartyIdentity("Bob", "1006", "pbx.test"));
        assertThat(lamp.pickUp()).isSameAs(client.lastCall().call());
        account.extensionIs("1005", LampState.IDLE);
        lamp.close();
        client.advance(Duration.ofSeconds(1));

        assertThat(shown).containsSubsequence(LampState.TALKING, LampState.RINGING, LampState.IDLE, LampState.CLOSED);
        assertThatThrownBy(() -> account.extensionIs("1005", LampState.FORBIDDEN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_extension_is_called_once_it_is_free() {
        FakeAccount account = added();
        account.extensionIs("1005", LampState.TALKING);
        var outcome = account.account().callWhenFree("1005").outcome();
        client.advance(Duration.ofSeconds(1));
        assertThat(outcome.toCompletableFuture()).isNotDone();

        account.extensionIs("1005", LampState.IDLE);

        assertThat(client.await(outcome))
                .isEqualTo(new CallCompletionOutcome.Called(client.lastCall().call()));
    }

    @Test
    void presence_is_published_or_refused() {
        FakeAccount account = added();
        assertThat(client.await(account.account().publishPresence(PresenceStatus.AWAY)))
                .isEqualTo(new PublicationOutcome.Published());
        account.publicationsEndWith(489);
        client.await(account.account().withdrawPresence());
        assertThat(client.await(account.account().publishPresence(PresenceStatus.BUSY)))
                .isEqualTo(new PublicationOutcome.Unsupported());
    }

    @Test
    void waiting_messages_are_reported() {
        MessagesWaiting waiting = new MessagesWaiting(true, new MessagesWaiting.Counts(2, 3, 1, 0), null);

        added().messagesWaiting(waiting);

        assertThat(told).containsExactly("waiting " + waiting);
    }
}
