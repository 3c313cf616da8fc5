// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.push.PushSupport;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakePush;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account of a phone system with two edge proxies is registered over a flow to each (RFC 5626). */
class TwoFlowsTest implements CallClientListener {
    private static final String DOMAIN = "pbx.example.com";
    private static final String FIRST = "192.0.2.10";
    private static final String SECOND = "192.0.2.11";

    private final List<RegistrationSnapshot> told = new ArrayList<>();
    private final List<Call> incoming = new ArrayList<>();
    private VirtualTime time;
    private SimulatedNetwork network;
    private ScriptedPeer first;
    private ScriptedPeer second;
    private CallClient client;
    private Account alice;
    private boolean outbound = true;
    private boolean firstIsUp = true;
    private String flowTimer = "";
    private String firstSays = "";
    private String secondSays = "";
    private FakePush push;

    @BeforeEach
    void open() {
        time = VirtualTime.seeded(5626);
        network = new SimulatedNetwork(time, 5626);
        network.dns()
                .srv("_sip._tcp." + DOMAIN, 1, 0, 5060, "a." + DOMAIN)
                .srv("_sip._tcp." + DOMAIN, 2, 0, 5060, "b." + DOMAIN)
                .address("a." + DOMAIN, FIRST)
                .address("b." + DOMAIN, SECOND);
        first = ScriptedPeer.tcp(network.host(FIRST), FIRST, 5060);
        second = ScriptedPeer.tcp(network.host(SECOND), SECOND, 5060);
        first.on("REGISTER", register -> {
            if (firstIsUp) {
                accept(first, register);
            } else {
                first.disconnect();
            }
        });
        second.on("REGISTER", register -> accept(second, register));
        push = new FakePush(time.openLoop("platform")::execute);
        client = CallClient.create(CallClientConfig.builder()
                .lab(lab ->
                        lab.schedulers(time).network(network.host("192.0.2.1")).random(time.random("alice")))
                .platform(p -> p.audio(new FakeAudio(time.openLoop("audio")))
                        .push(push)
                        .permissions(new FakePermissions()))
                .callbacks(Runnable::run)
                .listener(this)
                .failures((thread, failure) -> {
                    throw new AssertionError("a task of the engine failed", failure);
                })
                .build());
    }

    private void accept(ScriptedPeer server, ScriptedMessage register) {
        List<String> lines = new ArrayList<>();
        if (!register.header("Expires").equals("0")) {
            lines.add("Contact: " + register.header("Contact") + ";expires=600");
        }
        lines.add("Service-Route: <sip:" + (server == first ? "a." : "b.") + DOMAIN + ";lr>");
        if (outbound) {
            lines.add("Require: outbound");
        }
        if (!flowTimer.isEmpty()) {
            lines.add("Flow-Timer: " + flowTimer);
        }
        String says = server == first ? firstSays : secondSays;
        if (!says.isEmpty()) {
            lines.add("Feature-Caps: *;" + says);
        }
        server.respond(register, "200 OK", lines.toArray(new String[0]));
    }

    @AfterEach
    void close() {
        client.close();
        time.advance(Duration.ofSeconds(6));
        first.close();
        second.close();
        network.close();
        time.close();
    }

    private void register() {
        register(List.of());
    }

    private void register(List<HostPort> proxies) {
        alice = client.addAccount(SipAccount.builder("alice", DOMAIN, Secret.of("pw"))
                .transport(SipTransport.TCP)
                .outboundProxies(proxies)
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                .build());
        time.runUntil(() -> alice.registration().state() == RegistrationState.REGISTERED, Duration.ofSeconds(60));
        time.advance(Duration.ofSeconds(1));
    }

    private static String parameter(ScriptedMessage message, String name) {
        String contact = message.header("Contact");
        int at = contact.indexOf(name + "=");
        if (at < 0) {
            return "";
        }
        String rest = contact.substring(at + name.length() + 1);
        int end = rest.indexOf(';');
        return end < 0 ? rest : rest.substring(0, end);
    }

    private void loseFirst() {
        firstIsUp = false;
        first.disconnect();
        time.advance(Duration.ofMillis(500));
    }

    @Test
    void each_server_has_a_binding_of_its_own_of_the_same_instance() {
        register();
        assertThat(alice.registration().flows()).isEqualTo(2);
        ScriptedMessage one = first.last("REGISTER");
        ScriptedMessage two = second.last("REGISTER");
        assertThat(parameter(one, "reg-id")).isEqualTo("1");
        assertThat(parameter(two, "reg-id")).isEqualTo("2");
        assertThat(parameter(one, "+sip.instance")).isNotEmpty().isEqualTo(parameter(two, "+sip.instance"));
        assertThat(one.header("Call-ID")).isNotEqualTo(two.header("Call-ID"));
        assertThat(first.received("REGISTER")).hasSize(1);
        assertThat(second.received("REGISTER")).hasSize(1);
    }

    @Test
    void an_account_that_names_two_proxies_is_registered_by_way_of_each() {
        network.dns().address("edge-1.example.com", FIRST).address("edge-2.example.com", SECOND);
        register(List.of(new HostPort("edge-1.example.com", 5060), new HostPort("edge-2.example.com", 5060)));
        assertThat(alice.registration().flows()).isEqualTo(2);
        assertThat(first.last("REGISTER").header("Route")).contains("edge-1");
        assertThat(second.last("REGISTER").header("Route")).contains("edge-2");
        assertThat(parameter(second.last("REGISTER"), "reg-id")).isEqualTo("2");
    }

    @Test
    void a_registrar_that_keeps_no_binding_for_each_flow_gets_one_alone() {
        outbound = false;
        register();
        time.advance(Duration.ofMinutes(20));
        assertThat(alice.registration().flows()).isEqualTo(1);
        assertThat(second.received("REGISTER")).isEmpty();
    }

    @Test
    void an_account_that_loses_one_flow_stays_registered_by_the_other_and_gets_it_back() {
        register();
        told.clear();
        loseFirst();
        assertThat(alice.registration().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(alice.registration().flows()).isEqualTo(1);

        time.advance(Duration.ofMinutes(20));
        assertThat(told).extracting(RegistrationSnapshot::state).containsOnly(RegistrationState.REGISTERED);
        int attempts = first.received("REGISTER").size();
        assertThat(attempts).as("tried again, ever more rarely").isBetween(4, 20);

        firstIsUp = true;
        time.advance(Duration.ofMinutes(6));
        assertThat(alice.registration().flows()).isEqualTo(2);
        assertThat(told).extracting(RegistrationSnapshot::state).containsOnly(RegistrationState.REGISTERED);
        assertThat(parameter(first.last("REGISTER"), "reg-id")).isEqualTo("1");
        assertThat(second.received("REGISTER"))
                .as("the second flow is the second server's alone")
                .allMatch(register -> parameter(register, "reg-id").equals("2"))
                .as("no flow removes the Contact of another")
                .allMatch(register -> register.headers("Contact").size() == 1);
        assertThat(first.received("REGISTER"))
                .allMatch(register -> register.headers("Contact").size() == 1);
    }

    @Test
    void an_account_that_loses_both_says_so() {
        register();
        firstIsUp = false;
        second.on("REGISTER", register -> second.disconnect());
        first.disconnect();
        second.disconnect();
        time.advance(Duration.ofMillis(500));
        assertThat(alice.registration().state()).isIn(RegistrationState.WAITING, RegistrationState.REGISTERING);
        assertThat(alice.registration().flows()).isZero();
    }

    @Test
    void calls_come_on_either_flow_and_are_answered_there() {
        register();
        for (ScriptedPeer edge : List.of(first, second)) {
            incoming.clear();
            invite(edge, "call-" + (edge == first ? "1" : "2"));
            time.runUntil(() -> !edge.received("SIP/2.0 180").isEmpty(), Duration.ofSeconds(5));
            assertThat(incoming).hasSize(1);
            assertThat(edge.last("SIP/2.0 180").uri("Contact"))
                    .as("where this edge reaches it")
                    .isEqualTo(edge.last("REGISTER").uri("Contact") + ";ob");
            incoming.get(0).reject(RejectReason.BUSY);
            time.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void requests_go_by_the_better_server_and_by_the_other_while_that_is_lost() {
        register();
        alice.dial("bob");
        time.advance(Duration.ofSeconds(1));
        assertThat(first.received("INVITE")).hasSize(1);
        assertThat(first.last("INVITE").header("Route")).contains("a." + DOMAIN);
        assertThat(second.received("INVITE")).isEmpty();

        loseFirst();
        alice.dial("carol");
        time.advance(Duration.ofSeconds(1));
        assertThat(second.received("INVITE sip:carol")).hasSize(1);
        assertThat(second.last("INVITE").header("Route"))
                .as("the Service-Route of that flow")
                .contains("b." + DOMAIN);
    }

    @Test
    void a_request_rejected_for_a_failed_flow_is_sent_on_the_other_flow() {
        register();
        first.on("INVITE", invite -> first.respond(invite, "430 Flow Failed"));
        alice.dial("bob");
        time.advance(Duration.ofSeconds(1));
        assertThat(second.received("INVITE")).hasSize(1);
        assertThat(second.last("INVITE").headers("Route")).hasSize(1);
        assertThat(second.last("INVITE").header("Route")).contains("b." + DOMAIN);
    }

    @Test
    void a_first_hop_without_outbound_gets_a_plain_registration() {
        first.on("REGISTER", register -> {
            if (register.header("Contact").contains("reg-id")) {
                first.respond(register, "439 First Hop Lacks Outbound Support");
            } else {
                outbound = false;
                accept(first, register);
            }
        });
        register();
        time.advance(Duration.ofMinutes(20));
        assertThat(alice.registration().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(first.received("REGISTER").get(0).header("Supported")).contains("outbound");
        assertThat(first.last("REGISTER").header("Supported")).doesNotContain("outbound");
        assertThat(first.received("REGISTER").stream()
                        .filter(each -> each.header("Contact").contains("reg-id")))
                .as("asked once")
                .hasSize(1);
        assertThat(second.received("REGISTER")).isEmpty();
    }

    private void registerWakeable(String byFirst, String bySecond) {
        push.issue(new PushToken("fcm", "device-1", null));
        firstSays = byFirst;
        secondSays = bySecond;
        register();
    }

    @Test
    void the_push_token_is_in_the_binding_of_each_flow() {
        registerWakeable("+sip.pns=\"fcm\"", "");
        for (ScriptedPeer edge : List.of(first, second)) {
            assertThat(edge.last("REGISTER").uri("Contact")).contains("pn-provider=fcm;pn-prid=device-1");
            assertThat(edge.last("REGISTER").header("Contact")).contains("+sip.pnsreg");
        }
        assertThat(alice.registration().push()).as("one that wakes is enough").isEqualTo(PushSupport.CONFIRMED);
        loseFirst();
        assertThat(alice.registration().push()).isEqualTo(PushSupport.UNCONFIRMED);
    }

    @Test
    void a_server_that_does_not_know_the_push_service_says_nothing_of_the_other() {
        second.on("REGISTER", register -> {
            if (register.header("Contact").contains("pn-prid")) {
                second.respond(register, "555 Push Notification Service Not Supported");
            } else {
                accept(second, register);
            }
        });
        registerWakeable("+sip.pns=\"fcm\"", "");
        assertThat(alice.registration().flows()).isEqualTo(2);
        assertThat(alice.registration().push()).isEqualTo(PushSupport.CONFIRMED);
        alice.register();
        time.advance(Duration.ofSeconds(1));
        assertThat(first.last("REGISTER").uri("Contact")).contains("pn-prid=device-1");
        assertThat(second.last("REGISTER").uri("Contact")).doesNotContain("pn-prid");
    }

    @Test
    void each_flow_has_the_reference_and_the_time_that_its_own_server_says() {
        registerWakeable(
                "+sip.pns=\"fcm\";+sip.pnspurr=\"of-a\";+sip.pnsreg=\"400\"", "+sip.pns=\"fcm\";+sip.pnspurr=\"of-b\"");
        alice.dial("bob");
        time.advance(Duration.ofSeconds(1));
        assertThat(first.last("INVITE").uri("Contact")).contains("pn-purr=of-a");
        time.advance(Duration.ofSeconds(200));
        assertThat(first.received("REGISTER")).hasSize(2);
        assertThat(second.received("REGISTER")).hasSize(1);
        loseFirst();
        alice.dial("carol");
        time.advance(Duration.ofSeconds(1));
        assertThat(second.last("INVITE").uri("Contact")).contains("pn-purr=of-b");
    }

    @Test
    void a_flow_is_kept_as_often_as_its_server_says() {
        flowTimer = "12";
        register();
        first.answersPings(true);
        second.answersPings(true);
        time.advance(Duration.ofSeconds(120));
        assertThat(first.pings()).isBetween(10, 13);
        assertThat(second.pings()).isBetween(10, 13);
    }

    @Test
    void removing_the_account_removes_both_bindings() {
        register();
        alice.remove();
        time.advance(Duration.ofSeconds(2));
        assertThat(first.last("REGISTER").header("Expires")).isEqualTo("0");
        assertThat(second.last("REGISTER").header("Expires")).isEqualTo("0");
        assertThat(parameter(second.last("REGISTER"), "reg-id")).isEqualTo("2");
        assertThat(told.get(told.size() - 1).state()).isEqualTo(RegistrationState.UNREGISTERED);
        assertThat(told.stream().filter(each -> each.state() == RegistrationState.UNREGISTERED))
                .hasSize(1);
    }

    private void invite(ScriptedPeer edge, String callId) {
        edge.send("INVITE " + edge.last("REGISTER").uri("Contact") + " SIP/2.0\n"
                + "Via: SIP/2.0/TCP " + edge.local().getAddress().getHostAddress() + ":5060;branch=z9hG4bK" + callId
                + "\nMax-Forwards: 70\nFrom: <sip:bob@" + DOMAIN + ">;tag=bob\nTo: <sip:alice@" + DOMAIN
                + ">\nCall-ID: " + callId + "\nCSeq: 1 INVITE\nContact: <sip:bob@" + FIRST + ":5060>\n"
                + String.join("\n", ScriptedPeer.sdp(FIRST, 40_000, 1)) + "\n");
    }

    @Override
    public void registrationChanged(Account of, RegistrationSnapshot after) {
        told.add(after);
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        incoming.add(call);
    }
}
