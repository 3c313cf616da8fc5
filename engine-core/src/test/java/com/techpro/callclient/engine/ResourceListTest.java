// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.BusyLampScene.dialog;
import static com.techpro.callclient.engine.BusyLampScene.document;
import static com.techpro.callclient.engine.BusyLampScene.ringing;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many extensions by one subscription, message by message (RFC 4662). */
class ResourceListTest {
    private static final String TYPE =
            "multipart/related;type=\"application/rlmi+xml\";start=\"<list@pbx>\";boundary=\"50UBfW7LSCVLtggUPe5z\"";

    private final BusyLampScene office =
            new BusyLampScene(4662, SipTransport.UDP, account -> account.resourceList("lamps-1001"), config -> config);
    private int cseq = 100;

    @AfterEach
    void close() {
        office.close();
    }

    private void pass(int seconds) {
        office.scene.pass(Duration.ofSeconds(seconds));
    }

    /** A resource with one instance, whose state is in the part of its own name. */
    private static String resource(String extension) {
        return resource(extension, instance(extension, "active", "cid=\"" + extension + "@pbx\""));
    }

    private static String resource(String extension, String... instances) {
        return "<resource uri=\"sip:" + extension + "@192.0.2.10\">" + String.join("", instances) + "</resource>";
    }

    private static String instance(String id, String state, String more) {
        return "<instance id=\"" + id + "\" state=\"" + state + "\" " + more + "/>";
    }

    private static String list(int version, boolean full, String... resources) {
        return "--50UBfW7LSCVLtggUPe5z\nContent-Transfer-Encoding: binary\nContent-ID: <list@pbx>\n"
                + "Content-Type: application/rlmi+xml;charset=\"UTF-8\"\n\n"
                + "<?xml version=\"1.0\" encoding=\"UTF-8\"?><list xmlns=\"urn:ietf:params:xml:ns:rlmi\" "
                + "uri=\"sip:lamps-1001@192.0.2.10\" version=\"" + version + "\" fullState=\"" + full + "\">"
                + String.join("", resources) + "</list>\n";
    }

    private static String part(String id, String document) {
        return "--50UBfW7LSCVLtggUPe5z\nContent-ID: <" + id + "@pbx>\n"
                + "Content-Type: application/dialog-info+xml\n\n" + document + "\n";
    }

    /** A NOTIFY of the list, which requires the extension (RFC 4662 §4.4). */
    private void tellList(String... parts) {
        ScriptedMessage subscribe = subscribesTo("lamps-1001").get(0);
        int answered = office.pbx.received("SIP/2.0").size();
        office.pbx.send("NOTIFY " + subscribe.uri("Contact") + " SIP/2.0\n"
                + "Via: " + office.pbx.via() + "\nMax-Forwards: 70\n"
                + "From: " + subscribe.header("To") + ";tag=notifier\n"
                + "To: " + subscribe.header("From") + "\n"
                + "Call-ID: " + subscribe.header("Call-ID") + "\n"
                + "CSeq: " + ++cseq + " NOTIFY\n"
                + "Contact: <sip:notifier@192.0.2.10:5060>\n"
                + "Event: dialog\nRequire: eventlist\nSubscription-State: active;expires=3600\n"
                + "Content-Type: " + TYPE + "\n\n" + String.join("", parts) + "--50UBfW7LSCVLtggUPe5z--\n");
        office.scene.until(() -> office.pbx.received("SIP/2.0").size() > answered);
        assertThat(office.pbx.received("SIP/2.0").get(answered).startLine()).startsWith("SIP/2.0 200");
    }

    private List<ScriptedMessage> subscribesTo(String user) {
        return office.pbx.received("SUBSCRIBE").stream()
                .filter(subscribe -> subscribe.header("To").contains("sip:" + user + "@"))
                .toList();
    }

    @Test
    void one_subscription_tells_of_every_extension_of_the_list() {
        BusyLamp one = office.watched("1002");
        BusyLamp other = office.watch("1003");
        pass(1);

        ScriptedMessage subscribe = office.pbx.last("SUBSCRIBE");
        assertThat(office.pbx.received("SUBSCRIBE")).hasSize(1);
        assertThat(subscribe.requestUri()).isEqualTo("sip:lamps-1001@192.0.2.10");
        assertThat(subscribe.header("Supported")).isEqualTo("eventlist");
        assertThat(subscribe.header("Accept"))
                .isEqualTo("application/dialog-info+xml, application/rlmi+xml, multipart/related");

        tellList(
                list(0, true, resource("1002"), resource("1003")),
                part("1002", document(0, "full")),
                part("1003", document(0, "full", ringing("a", ""))));
        assertThat(one.snapshot().state()).isEqualTo(LampState.IDLE);
        assertThat(other.snapshot().state()).isEqualTo(LampState.RINGING);
        assertThat(other.snapshot().pickUpPossible()).isTrue();

        tellList(
                list(1, false, resource("1002")),
                part("1002", document(1, "partial", dialog("b", "initiator", "confirmed"))));
        assertThat(one.snapshot().state()).isEqualTo(LampState.TALKING);
        assertThat(other.snapshot().state()).isEqualTo(LampState.RINGING);
        pass(5);
        assertThat(office.pbx.received("SUBSCRIBE")).hasSize(1);
    }

    @Test
    void an_extension_that_the_list_does_not_have_is_asked_for_alone() {
        BusyLamp listed = office.watched("1002");
        office.watch("1004");
        pass(1);
        assertThat(office.pbx.received("SUBSCRIBE")).hasSize(1);

        tellList(list(0, true, resource("1002")), part("1002", document(0, "full")));
        pass(1);

        assertThat(listed.snapshot().state()).isEqualTo(LampState.IDLE);
        assertThat(subscribesTo("1002")).isEmpty();
        assertThat(subscribesTo("1004")).hasSize(1);
        assertThat(subscribesTo("1004").get(0).headers("Supported")).isEmpty();

        office.dialogs(document(0, "full"));

        // It becomes one of the list: what was asked for it alone is taken back.
        tellList(list(1, false, resource("1004")), part("1004", document(0, "full")));
        pass(1);
        assertThat(subscribesTo("1004").get(1).header("Expires")).isEqualTo("0");
    }

    @Test
    void where_the_phone_system_refuses_the_list_each_extension_is_asked_for_alone() {
        for (String refusal :
                List.of("489 Bad Event", "404 Not Found", "421 Extension Required", "420 Bad Extension")) {
            BusyLampScene other = new BusyLampScene(
                    4662, SipTransport.UDP, account -> account.resourceList("lamps-1001"), config -> config);
            other.pbx.on("SUBSCRIBE", subscribe -> {
                if (subscribe.header("To").contains("lamps-1001")) {
                    other.pbx.respondWithTag(subscribe, refusal, "notifier");
                } else {
                    other.accept(subscribe);
                }
            });
            BusyLamp lamp = other.watch("1002");
            other.scene.pass(Duration.ofSeconds(1));
            other.dialogs(document(0, "full"));
            assertThat(other.pbx.last("SUBSCRIBE").requestUri()).as(refusal).isEqualTo("sip:1002@192.0.2.10");
            assertThat(lamp.snapshot().state()).as(refusal).isEqualTo(LampState.IDLE);
            other.close();
        }
    }

    @Test
    void an_answer_for_a_single_resource_is_not_taken_for_the_list() {
        BusyLamp lamp = office.watched("1002");
        office.dialogs(document(0, "full", dialog("a", "initiator", "confirmed")));
        pass(1);

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.UNKNOWN);
        assertThat(subscribesTo("lamps-1001"))
                .last()
                .extracting(each -> each.header("Expires"))
                .isEqualTo("0");
        assertThat(subscribesTo("1002")).hasSize(1);
    }

    @Test
    void a_list_of_which_nothing_is_told_holds_nobody_up() {
        office.watched("1002");
        pass(40);
        assertThat(subscribesTo("1002")).hasSize(1);
    }

    @Test
    void after_a_notification_that_was_missed_the_whole_list_is_asked_for() {
        BusyLamp lamp = office.watched("1002");
        tellList(list(0, true, resource("1002")), part("1002", document(0, "full")));
        int asked = subscribesTo("lamps-1001").size();

        tellList(list(2, false, resource("1002")), part("1002", document(1, "partial")));
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.UNKNOWN);
        pass(1);
        assertThat(subscribesTo("lamps-1001")).hasSize(asked + 1);
        assertThat(subscribesTo("1002")).isEmpty();

        tellList(list(3, true, resource("1002")), part("1002", document(2, "full")));
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.IDLE);
        pass(30);
        assertThat(subscribesTo("lamps-1001")).hasSize(asked + 1);
    }

    @Test
    void an_old_notification_changes_nothing() {
        BusyLamp lamp = office.watched("1002");
        tellList(list(7, true, resource("1002")), part("1002", document(0, "full")));
        tellList(
                list(6, false, resource("1002")),
                part("1002", document(1, "partial", dialog("a", "initiator", "confirmed"))));
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.IDLE);
    }

    @Test
    void a_resource_of_several_instances_shows_the_busiest_and_one_that_has_ended_why() {
        BusyLamp lamp = office.watched("1002");
        BusyLamp forbidden = office.watch("1003");
        BusyLamp unknown = office.watch("1004");
        tellList(
                list(
                        0,
                        true,
                        resource(
                                "1002",
                                instance("x", "active", "cid=\"x@pbx\""),
                                instance("y", "active", "cid=\"y@pbx\"")),
                        resource("1003", instance("z", "terminated", "reason=\"rejected\"")),
                        resource("1004", instance("z", "terminated", "reason=\"noresource\""))),
                part("x", document(0, "full")),
                part("y", document(0, "full", dialog("a", "initiator", "confirmed"))));
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.TALKING);
        assertThat(forbidden.snapshot().state()).isEqualTo(LampState.FORBIDDEN);
        assertThat(unknown.snapshot().state()).isEqualTo(LampState.NOT_FOUND);

        tellList(list(1, false, resource("1002", instance("y", "terminated", "reason=\"timeout\""))));
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.IDLE);
    }

    @Test
    void an_unreadable_document_is_counted_and_requested_again_with_backoff() {
        List<RefusalReason> refused = new ArrayList<>();
        office.scene.client.addListener(new CallClientListener() {
            @Override
            public void incomingRefused(Account account, RefusedRequest refusal) {
                refused.add(refusal.reason());
            }
        });
        BusyLamp lamp = office.watched("1002");
        tellList(list(0, true, resource("1002")), part("1002", document(0, "full")));
        int asked = subscribesTo("lamps-1001").size();
        tellList(list(1, false, "<resource/>"));
        assertThat(refused).containsExactly(RefusalReason.UNREADABLE_DOCUMENT);
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.UNKNOWN);
        pass(61);
        // At once, after 4 s, 12 s, 28 s and 60 s.
        assertThat(subscribesTo("lamps-1001")).hasSize(asked + 5);
    }

    @Test
    void the_list_subscription_ends_with_the_last_watch_and_returns_with_the_next() {
        BusyLamp lamp = office.watched("1002");
        tellList(list(0, true, resource("1002")), part("1002", document(0, "full")));
        lamp.close();
        pass(1);
        assertThat(subscribesTo("lamps-1001"))
                .last()
                .extracting(each -> each.header("Expires"))
                .isEqualTo("0");

        office.watch("1003");
        pass(1);
        assertThat(office.pbx.last("SUBSCRIBE").requestUri()).isEqualTo("sip:lamps-1001@192.0.2.10");
        assertThat(office.pbx.last("SUBSCRIBE").header("Expires")).isEqualTo("3600");
    }

    @Test
    void a_list_of_another_phone_system_is_not_asked_for() {
        BusyLampScene other = new BusyLampScene(
                4662, SipTransport.UDP, account -> account.resourceList("sip:lamps@elsewhere.test"), config -> config);
        other.watched("1002");
        other.scene.pass(Duration.ofSeconds(2));
        assertThat(other.pbx.received("SUBSCRIBE"))
                .extracting(ScriptedMessage::requestUri)
                .containsExactly("sip:1002@192.0.2.10");
        other.close();
    }
}
