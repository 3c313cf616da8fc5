// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.BusyLampScene.dialog;
import static com.techpro.callclient.engine.BusyLampScene.document;
import static com.techpro.callclient.engine.BusyLampScene.ringing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.internal.client.ClientInsides;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.presence.CallCompletion;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Busy lamps by the dialog event package, message by message (RFC 4235). */
class BusyLampTest {
    private BusyLampScene office = new BusyLampScene(4235);

    @AfterEach
    void close() {
        office.close();
    }

    private void pass(int seconds) {
        office.scene.pass(Duration.ofSeconds(seconds));
    }

    private List<ScriptedMessage> subscribes() {
        return office.pbx.received("SUBSCRIBE");
    }

    /** RFC 4235 §6.1, but for the name of the extension. */
    @Test
    void the_documents_of_the_rfc_are_followed_from_ringing_to_the_end() {
        BusyLamp lamp = office.watched("1002");
        ScriptedMessage subscribe = office.pbx.last("SUBSCRIBE");
        assertThat(subscribe.requestUri()).isEqualTo("sip:1002@192.0.2.10");
        assertThat(subscribe.header("Event")).isEqualTo("dialog");
        assertThat(subscribe.header("Accept")).isEqualTo("application/dialog-info+xml");

        office.dialogs("<?xml version=\"1.0\"?>\n"
                + "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\"\n"
                + "             version=\"0\"\n"
                + "             state=\"full\"\n"
                + "             entity=\"sip:alice@example.com\">\n"
                + "  <dialog id=\"as7d900as8\" call-id=\"a84b4c76e66710\"\n"
                + "          local-tag=\"1928301774\" remote-tag=\"456887766\"\n"
                + "          direction=\"initiator\">\n"
                + "    <state>early</state>\n"
                + "  </dialog>\n"
                + "</dialog-info>");
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.TALKING);

        office.dialogs("<?xml version=\"1.0\"?>\n"
                + "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\"\n"
                + "             version=\"1\"\n"
                + "             state=\"partial\"\n"
                + "             entity=\"sip:alice@example.com\">\n"
                + "  <dialog id=\"as7d900as8\" call-id=\"a84b4c76e66710\"\n"
                + "          local-tag=\"1928301774\" remote-tag=\"456887766\"\n"
                + "          direction=\"initiator\">\n"
                + "    <state reason=\"replaced\">confirmed</state>\n"
                + "    <duration>274</duration>\n"
                + "    <local>\n"
                + "      <target uri=\"sip:alice@pc33.example.com\">\n"
                + "        <param pname=\"+sip.rendering\" pval=\"no\"/>\n"
                + "      </target>\n"
                + "    </local>\n"
                + "  </dialog>\n"
                + "</dialog-info>");
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.TALKING);

        office.dialogs("<?xml version=\"1.0\"?>\n"
                + "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\"\n"
                + "             version=\"2\"\n"
                + "             state=\"partial\"\n"
                + "             entity=\"sip:alice@example.com\">\n"
                + "  <dialog id=\"as7d900as8\" call-id=\"a84b4c76e66710\"\n"
                + "          local-tag=\"1928301774\" remote-tag=\"456887766\"\n"
                + "          direction=\"initiator\">\n"
                + "    <state event=\"remote-bye\">terminated</state>\n"
                + "  </dialog>\n"
                + "</dialog-info>");
        assertThat(office.shown).containsExactly(LampState.UNKNOWN, LampState.TALKING, LampState.IDLE);
    }

    @Test
    void the_caller_is_shown_while_the_extension_rings() {
        BusyLamp lamp = office.watched("1002");

        office.dialogs(document(0, "full", ringing("d1", "")));

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.RINGING);
        assertThat(lamp.snapshot().party()).isEqualTo(new PartyIdentity("Carol", "1003", "192.0.2.10"));
        assertThat(lamp.snapshot().caller()).isNotNull();
        assertThat(lamp.snapshot().toString()).doesNotContain("1002").doesNotContain("Carol");

        office.dialogs(document(1, "partial", dialog("d1", "recipient", "confirmed")));

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.TALKING);
        assertThat(lamp.snapshot().party()).isNull();
    }

    @Test
    void a_second_call_that_rings_is_shown_rather_than_the_first_that_talks() {
        BusyLamp lamp = office.watched("1002");
        office.dialogs(document(0, "full", dialog("d1", "initiator", "confirmed")));

        office.dialogs(document(1, "partial", ringing("d2", "")));
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.RINGING);

        office.dialogs(document(2, "partial", dialog("d2", "recipient", "terminated")));
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.TALKING);
    }

    @Test
    void a_document_that_was_missed_has_a_full_one_asked_for() {
        BusyLamp lamp = office.watched("1002");
        office.dialogs(document(4, "full", dialog("d1", "initiator", "confirmed")));

        office.dialogs(document(6, "partial", dialog("d2", "recipient", "early")));

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.UNKNOWN);
        pass(1);
        assertThat(subscribes()).hasSize(2);
        assertThat(office.pbx.last("SUBSCRIBE").header("Call-ID"))
                .isEqualTo(subscribes().get(0).header("Call-ID"));
        office.dialogs(document(7, "full"));
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.IDLE);
        pass(60);
        assertThat(subscribes()).hasSize(2);
    }

    @Test
    void an_old_document_changes_nothing() {
        BusyLamp lamp = office.watched("1002");
        office.dialogs(document(4, "full", dialog("d1", "initiator", "confirmed")));

        office.dialogs(document(4, "full"));
        office.dialogs(document(3, "partial", dialog("d1", "initiator", "terminated")));

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.TALKING);
        pass(60);
        assertThat(subscribes()).hasSize(1);
    }

    @Test
    void garbage_is_counted_makes_the_lamp_unknown_and_is_not_asked_about_in_a_loop() {
        BusyLamp lamp = office.watched("1002");
        office.dialogs(document(0, "full"));
        office.pbx.on("SUBSCRIBE", subscribe -> {
            office.accept(subscribe);
            garbage();
        });
        List<String> told = new ArrayList<>();
        office.scene.client.addListener(new CallClientListener() {
            @Override
            public void incomingRefused(Account account, RefusedRequest refused) {
                told.add(refused.reason().code() + " " + refused.method());
            }
        });

        office.dialogs("<!DOCTYPE x [<!ENTITY e \"boom\">]><dialog-info>&e;</dialog-info>");

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.UNKNOWN);
        assertThat(told).contains("unreadable-document NOTIFY");
        pass(3_600);
        assertThat(subscribes().size()).isBetween(8, 25);
    }

    private void garbage() {
        office.pbx.send("NOTIFY " + office.pbx.last("SUBSCRIBE").uri("Contact") + " SIP/2.0\n"
                + "Via: " + office.pbx.via() + "\nMax-Forwards: 70\n"
                + "From: " + office.pbx.last("SUBSCRIBE").header("To") + "\n"
                + "To: " + office.pbx.last("SUBSCRIBE").header("From") + "\n"
                + "Call-ID: " + office.pbx.last("SUBSCRIBE").header("Call-ID") + "\n"
                + "CSeq: " + (1000 + subscribes().size()) + " NOTIFY\n"
                + "Event: dialog\nSubscription-State: active;expires=3600\n"
                + "Content-Type: application/dialog-info+xml\n\nnot xml");
    }

    @Test
    void a_refusal_is_told_apart_and_not_tried_again() {
        for (var refusal : List.of(
                new Refusal("403 Forbidden", LampState.FORBIDDEN), new Refusal("404 Not Found", LampState.NOT_FOUND))) {
            office.pbx.forget();
            office.pbx.on("SUBSCRIBE", subscribe -> office.pbx.respond(subscribe, refusal.status));
            BusyLamp lamp = office.watch("1002");
            office.scene.until(() -> lamp.snapshot().state() != LampState.UNKNOWN);
            assertThat(lamp.snapshot().state()).isEqualTo(refusal.state);
            assertThat(lamp.snapshot().state().isLasting()).isTrue();
            pass(7_200);
            assertThat(subscribes()).hasSize(1);
            lamp.close();
            pass(1);
        }
    }

    private record Refusal(String status, LampState state) {}

    @Test
    void a_notifier_that_rejects_later_is_a_refusal_too() {
        BusyLamp lamp = office.watched("1002");
        office.dialogs(document(0, "full"));

        office.tell("terminated;reason=noresource", "dialog", "", "");

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.NOT_FOUND);
    }

    /** A notifier that has forgotten the subscription begins to count anew in the next one. */
    @Test
    void documents_are_counted_within_one_subscription() {
        BusyLamp lamp = office.watched("1002");
        office.dialogs(document(40, "full", dialog("d1", "initiator", "confirmed")));
        office.pbx.when(
                message -> message.startLine().startsWith("SUBSCRIBE") && message.parameter("To", "tag") != null,
                message -> office.pbx.respond(message, "481 Subscription Does Not Exist"));

        office.scene.time.runUntil(() -> subscribes().size() == 3, Duration.ofHours(1));
        office.dialogs(document(0, "full"));

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.IDLE);
    }

    @Test
    void two_hundred_lamps_are_asked_for_little_by_little() {
        for (int i = 0; i < 200; i++) {
            office.watch("2" + (100 + i));
        }
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(subscribes().size()).isBetween(15, 25);
        pass(10);
        assertThat(subscribes()).hasSize(200);
        assertThat(subscribes().stream().map(ScriptedMessage::requestUri).distinct())
                .hasSize(200);
    }

    @Test
    void two_lamps_of_one_extension_share_a_subscription_until_both_are_closed() {
        BusyLamp one = office.watched("1002");
        office.dialogs(document(0, "full", dialog("d1", "initiator", "confirmed")));
        BusyLamp other = office.watch("1002");
        pass(1);
        assertThat(other.snapshot().state()).isEqualTo(LampState.TALKING);
        assertThat(subscribes()).hasSize(1);

        one.close();
        pass(1);
        assertThat(one.snapshot().state()).isEqualTo(LampState.CLOSED);
        assertThat(subscribes()).hasSize(1);
        office.dialogs(document(1, "full"));
        assertThat(other.snapshot().state()).isEqualTo(LampState.IDLE);
        assertThat(one.snapshot().state()).isEqualTo(LampState.CLOSED);

        other.close();
        pass(1);
        assertThat(subscribes()).hasSize(2);
        assertThat(office.pbx.last("SUBSCRIBE").header("Expires")).isEqualTo("0");
        office.tell("terminated;reason=timeout", "dialog", "", "");
        other.close();
        pass(60);
        assertThat(subscribes()).hasSize(2);
    }

    @Test
    void a_lamp_ends_with_its_account_which_takes_its_subscription_back() {
        BusyLamp lamp = office.watched("1002");
        office.dialogs(document(0, "full"));

        office.scene.alice.remove();
        pass(2);

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.CLOSED);
        assertThat(office.pbx.last("SUBSCRIBE").header("Expires")).isEqualTo("0");
        assertThatIllegalStateException().isThrownBy(() -> office.scene.alice.watch("1003"));
        pass(60);
        assertThat(office.scene.time.pendingTimers()).isZero();
    }

    @Test
    void nobody_is_asked_where_the_organisation_has_switched_presence_off() {
        office.close();
        Policy off = new Policy(null, null, null, null, null, Set.of(Policy.Feature.PRESENCE));
        office = new BusyLampScene(7, config -> config.policy(off));

        BusyLamp lamp = office.watch("1002");
        pass(60);

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.SWITCHED_OFF);
        assertThat(subscribes()).isEmpty();
    }

    @Test
    void an_invalid_address_is_not_watched() {
        assertThatIllegalArgumentException().isThrownBy(() -> office.scene.alice.watch(""));
    }

    private void presence(String state, String activities) {
        office.tell(
                "active",
                "presence",
                "application/pidf+xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\""
                        + " xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\""
                        + " xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\" entity=\"pres:1002@192.0.2.10\"><tuple"
                        + " id=\"bs35r9\"><status><basic>" + state + "</basic></status></tuple>"
                        + "<dm:person id=\"p1\"><rpid:activities>" + activities
                        + "</rpid:activities></dm:person></presence>");
    }

    @Test
    void where_there_are_no_dialogs_presence_is_asked_for() {
        office.pbx.on("SUBSCRIBE", subscribe -> {
            if (subscribe.header("Event").equals("dialog")) {
                office.pbx.respond(subscribe, "489 Bad Event", "Allow-Events: presence");
            } else {
                office.accept(subscribe);
            }
        });
        BusyLamp lamp = office.watch("1002");
        office.scene.until(() -> subscribes().size() == 2);
        assertThat(office.pbx.last("SUBSCRIBE").header("Event")).isEqualTo("presence");
        assertThat(office.pbx.last("SUBSCRIBE").header("Accept")).isEqualTo("application/pidf+xml");

        presence("open", "<rpid:on-the-phone/>");
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.TALKING);
        presence("open", "<rpid:away/>");
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.IDLE);
        presence("closed", "");
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.OFFLINE);
        office.tell("active", "presence", "application/pidf+xml", "<presence/>");
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.UNKNOWN);

        office.tell("terminated;reason=rejected", "presence", "", "");
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.FORBIDDEN);
    }

    @Test
    void a_phone_system_with_neither_is_asked_once_for_each() {
        office.pbx.on("SUBSCRIBE", subscribe -> office.pbx.respond(subscribe, "489 Bad Event"));
        BusyLamp lamp = office.watch("1002");
        pass(7_200);

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.UNSUPPORTED);
        assertThat(subscribes()).hasSize(2);
    }

    @Test
    void a_lost_connection_is_shown_and_watching_goes_on_over_the_next_one() {
        office.close();
        office = new BusyLampScene(9, SipTransport.TCP, config -> config);
        BusyLamp lamp = office.watched("1002");
        office.dialogs(document(5, "full", dialog("d1", "initiator", "confirmed")));

        office.pbx.disconnect();
        office.scene.until(() -> lamp.snapshot().state() == LampState.UNKNOWN);
        office.scene.until(() -> subscribes().size() == 2);
        office.dialogs(document(0, "full"));

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.IDLE);
    }

    @Test
    void favourites_show_busy_lamps_if_the_host_asks_for_them() {
        CallClient client = office.scene.client;
        List<FavoritesSnapshot> told = new ArrayList<>();
        client.addListener(new CallClientListener() {
            @Override
            public void favoritesChanged(FavoritesSnapshot after) {
                told.add(after);
            }
        });
        client.people().favorites().add(new Favorite("1002", "Bob"));
        pass(1);
        assertThat(subscribes()).isEmpty();

        client.people().favorites().showLamps(office.scene.alice.id());
        office.scene.until(() -> subscribes().size() == 1);
        office.dialogs(document(0, "full", dialog("d1", "initiator", "confirmed")));
        assertThat(client.people().favorites().snapshot().lamps().get("1002").state())
                .isEqualTo(LampState.TALKING);
        assertThat(told.get(told.size() - 1))
                .isEqualTo(client.people().favorites().snapshot());
        assertThat(told.get(told.size() - 1).toString()).doesNotContain("1002");

        client.people().favorites().add(new Favorite("1003", "Carol"));
        pass(1);
        assertThat(subscribes()).hasSize(2);
        client.people().favorites().remove("1002");
        pass(1);
        assertThat(client.people().favorites().snapshot().lamps()).containsOnlyKeys("1003");
        assertThat(subscribes()).hasSize(3);

        client.people().favorites().showLamps(null);
        pass(1);
        assertThat(client.people().favorites().snapshot().lamps()).isEmpty();
        assertThat(client.people().favorites().showLamps("nobody")).isNotNull();
    }

    @Test
    void while_the_app_is_locked_nobody_is_named_and_nobody_is_called() {
        office.close();
        office = new BusyLampScene(
                11, config -> config.platform(p -> p.store(new FakeSecureStore(new FakeSecureStore.Disk()))));
        CallClient client = office.scene.client;
        BusyLamp lamp = office.watched("1002");
        List<BusyLampSnapshot> told = new ArrayList<>();
        lamp.addListener((of, after) -> told.add(after));
        CallCompletion completion = office.scene.alice.callWhenFree("1002");
        ClientInsides.proved(client, Secret.of("secret"));
        pass(1);
        client.lock()
                .change(
                        new AppLock.Settings(AppLock.Mode.PASSWORD, null, Duration.ZERO),
                        new AppLock.Proof.Password(Secret.of("secret")));
        pass(2);
        client.lock().lockNow();
        office.scene.until(() -> client.lock().isLocked());

        office.dialogs(document(0, "full", ringing("d1", "")));

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.RINGING);
        assertThat(lamp.snapshot().party()).isNull();
        assertThat(lamp.snapshot().caller()).isNull();
        assertThat(told.get(told.size() - 1)).isEqualTo(lamp.snapshot());
        List<BusyLampSnapshot> first = new ArrayList<>();
        lamp.addListener((of, after) -> first.add(after));
        pass(1);
        assertThat(first).containsExactly(lamp.snapshot());
        assertThatThrownBy(lamp::pickUp).isInstanceOf(LockedException.class);
        office.dialogs(document(1, "full"));
        pass(60);
        assertThat(office.pbx.received("INVITE")).isEmpty();
        assertThat(completion.outcome().toCompletableFuture()).isNotCompleted();
    }
}
