// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.UndialableException;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.message.MessageRefusal;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.presence.CallCompletionOutcome;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the phone system does to a fake account. */
class FakeAccountTest {
    private final FakeCallClient client = new FakeCallClient();
    private final List<String> told = new ArrayList<>();

    private FakeAccount added() {
        return client.addAccount(
                SipAccount.builder("1001", "pbx.example", Secret.of("x")).build());
    }

    private void listen() {
        client.addListener(new CallClientListener() {
            @Override
            public void registrationChanged(Account account, RegistrationSnapshot after) {
                told.add(after.state().toString());
            }

            @Override
            public void incomingRefused(Account account, RefusedRequest refused) {
                told.add(refused.reason() + " " + refused.status());
            }

            @Override
            public void messageReceived(Account account, TextMessage message) {
                told.add(message.text());
            }

            @Override
            public void messagesWaitingChanged(Account account, MessagesWaiting after) {
                told.add("waiting " + after.waiting());
            }
        });
    }

    @Test
    void a_user_is_added_once_and_again_after_the_removal() {
        FakeAccount account = added();
        assertThatThrownBy(this::added).isInstanceOf(IllegalStateException.class);

        account.remove();

        assertThat(added().id()).isNotEqualTo(account.id());
    }

    @Test
    void a_registration_is_lost_and_regained() {
        FakeAccount account = added();
        listen();
        account.registrationLost(new Failure.Unreachable());
        assertThat(account.registration().retryIn()).isNotNull();
        account.register();
        var registered = account.whenRegistered();
        assertThat(registered).isNotDone();
        account.registered();

        assertThat(told).containsExactly("REGISTERED", "WAITING", "REGISTERING", "WAITING", "REGISTERED");
        assertThat(registered).isCompletedWithValue(account.registration());
    }

    @Test
    void a_registrar_that_refuses_tells_why() {
        Failure wrong = new Failure.AuthenticationFailed(Failure.AuthenticationProblem.WRONG_CREDENTIALS);
        client.registrarRefuses(wrong);
        FakeAccount account = added();

        assertThat(account.registration().state()).isEqualTo(RegistrationState.FAILED);
        assertThat(account.whenRegisteredOrFailed())
                .isCompletedWithValueMatching(after -> wrong.equals(after.failure()));
        assertThatThrownBy(() -> account.incomingCall("1002")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_removed_account_hangs_up_and_is_gone() {
        FakeAccount account = added();
        FakeCall call = account.dial("1002");
        listen();
        account.remove();

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Cancelled());
        assertThat(told).containsExactly("REGISTERED", "UNREGISTERING", "UNREGISTERED");
        assertThat(client.accounts()).isEmpty();
        assertThatThrownBy(() -> account.dial("1002"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this account was removed");
    }

    @Test
    void numbers_are_read_as_the_engine_reads_them() {
        FakeAccount account = added();

        assertThat(account.dial("+44 (20) 7946-0123").snapshot().remote().user())
                .isEqualTo("+442079460123");
        assertThatThrownBy(() -> account.dial(" ")).isInstanceOf(UndialableException.class);
        assertThat(client.everyCall()).hasSize(1);
    }

    @Test
    void do_not_disturb_and_forwarding_apply_before_it_rings() {
        FakeAccount account = added();
        listen();
        told.clear();
        client.incomingCalls().doNotDisturb().set(true);
        FakeCall refused = account.incomingCall("1002");
        assertThat(refused.snapshot().ending()).isEqualTo(new CallEnding.RejectedHere(RejectReason.UNAVAILABLE));

        client.incomingCalls().forwarding().set(ForwardingRules.NONE.withAlways("1004"));
        FakeCall forwarded = account.incomingCall("1002");
        assertThat(forwarded.snapshot().ending()).isEqualTo(new CallEnding.Forwarded());

        assertThat(told).containsExactly(RefusalReason.DO_NOT_DISTURB + " 480", RefusalReason.FORWARDED + " 302");
        assertThat(client.people().history().snapshot().entries()).hasSize(2);
        assertThat(client.calls()).isEmpty();
    }

    @Test
    void a_text_arrives_and_is_answered() {
        FakeAccount account = added();
        listen();
        told.clear();
        TextMessage message = account.textArrives("1002", "hello");
        assertThat(told).containsExactly("hello");
        assertThat(client.textMessages().snapshot().conversations().get(0).unread())
                .isEqualTo(1);
        assertThat(account.confirmDisplayed(message).toCompletableFuture().join())
                .isInstanceOfSatisfying(
                        MessageOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(MessageRefusal.NOT_ASKED_FOR));
        assertThat(client.textMessages().snapshot().conversations().get(0).unread())
                .isZero();

        MessageOutcome sent =
                account.sendMessage("1002", "hi").toCompletableFuture().join();
        assertThat(sent).isInstanceOf(MessageOutcome.Delivered.class);
        account.receiptArrives(new MessageReceipt(sent.id(), message.from(), MessageReceipt.Status.DISPLAYED));

        assertThat(client.textMessages().read("1002@pbx.example", null, 9))
                .extracting(StoredMessage::state)
                .containsExactly(StoredMessage.State.DISPLAYED, StoredMessage.State.READ);
        account.textsEndWith(id -> new MessageOutcome.Failed(id, new Failure.NotFound()));
        assertThat(account.sendMessage("1003", "hi").toCompletableFuture().join())
                .isInstanceOf(MessageOutcome.Failed.class);
        assertThat(account.sendMessage("1003", "").toCompletableFuture().join())
                .isInstanceOf(MessageOutcome.Refused.class);
    }

    @Test
    void lamps_show_the_state_that_the_phone_system_reports() {
        FakeAccount account = added();
        FakeBusyLamp lamp = account.watch("1005");
        List<BusyLampSnapshot> shown = new ArrayList<>();
        lamp.addListener((from, after) -> shown.add(after));
        assertThat(lamp.pickUp()).isNull();

        account.extensionRings("1005", new PartyIdentity("Bob", "1006", "pbx.example"));
        assertThat(lamp.pickUp()).isSameAs(client.lastCall());
        account.extensionIs("1005", LampState.IDLE);
        lamp.close();
        account.extensionIs("1005", LampState.TALKING);

        assertThat(shown)
                .extracting(BusyLampSnapshot::state)
                .containsExactly(LampState.UNKNOWN, LampState.RINGING, LampState.IDLE, LampState.CLOSED);
    }

    @Test
    void an_extension_is_called_once_it_is_free_and_so_is_the_account() {
        FakeAccount account = added();
        FakeCall other = account.dial("1002");
        var outcome = account.callWhenFree("1005").outcome();
        account.extensionIs("1005", LampState.IDLE);
        assertThat(outcome).isNotDone();

        other.hangUp();

        assertThat(outcome).isCompletedWithValue(new CallCompletionOutcome.Called(client.lastCall()));
        assertThat(client.lastCall().snapshot().remote().user()).isEqualTo("1005");
        FakeCallCompletion late = account.callWhenFree("1007");
        late.expires();
        assertThat(late.outcome()).isCompletedWithValue(new CallCompletionOutcome.Expired());
    }

    @Test
    void presence_is_published_and_withdrawn() {
        FakeAccount account = added();
        assertThat(account.publishPresence(PresenceStatus.AWAY))
                .isCompletedWithValue(new PublicationOutcome.Published());
        assertThat(account.publishedStatus()).isEqualTo(PresenceStatus.AWAY);
        account.withdrawPresence();
        assertThat(account.publishedStatus()).isNull();
        account.publicationsEndWith(new PublicationOutcome.Unsupported());
        assertThat(account.publishPresence(PresenceStatus.BUSY, "in a meeting"))
                .isCompletedWithValue(new PublicationOutcome.Unsupported());
    }

    @Test
    void the_message_lamp_is_told_and_told_first_to_a_new_listener() {
        FakeAccount account = added();
        account.messagesWaiting(new MessagesWaiting(true, null, null));
        listen();

        assertThat(told).containsExactly("REGISTERED", "waiting true");
    }
}
