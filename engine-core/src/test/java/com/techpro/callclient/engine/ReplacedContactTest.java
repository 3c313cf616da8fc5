// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A registrar that keeps what it is told (RFC 3261 §10.3): a Contact stays until it expires, or until a REGISTER removes it. The phone leaves only
 * the one behind on which it is reached.
 */
class ReplacedContactTest {
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private final Set<String> bound = new LinkedHashSet<>();
    private final List<ScriptedPhoneSystem> scenes = new ArrayList<>();
    private long seed = 3261;

    @AfterEach
    void close() {
        scenes.forEach(ScriptedPhoneSystem::close);
    }

    private ScriptedPhoneSystem scene(SipTransport transport) {
        ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                ++seed,
                transport,
                account -> account,
                config -> config.platform(p -> p.store(new FakeSecureStore(disk))));
        scenes.add(scene);
        scene.pbx.on("REGISTER", register -> answer(scene, register, contact -> contact));
        return scene;
    }

    private static String uri(String contact) {
        return contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'));
    }

    /** In order, each as it stands. */
    private void bind(ScriptedMessage register, UnaryOperator<String> rewritten) {
        for (String contact : register.headers("Contact")) {
            String uri = rewritten.apply(uri(contact));
            bound.remove(uri);
            if (!contact.endsWith(";expires=0") && !register.header("Expires").equals("0")) {
                bound.add(uri);
            }
        }
    }

    private void answer(ScriptedPhoneSystem scene, ScriptedMessage register, UnaryOperator<String> rewritten) {
        bind(register, rewritten);
        scene.pbx.respond(
                register,
                "200 OK",
                bound.stream().map(uri -> "Contact: <" + uri + ">;expires=600").toArray(String[]::new));
    }

    private List<String> removed(ScriptedMessage register) {
        return register.headers("Contact").stream()
                .filter(contact -> contact.endsWith(";expires=0"))
                .map(ReplacedContactTest::uri)
                .collect(Collectors.toList());
    }

    private void dies(ScriptedPhoneSystem scene) {
        scene.phone.moveTo("192.0.2.2");
        scene.until(() -> scene.alice.registration().state() != RegistrationState.REGISTERED);
        scene.registered();
    }

    @Test
    void the_contact_of_a_dead_connection_is_removed_by_the_next_register() {
        ScriptedPhoneSystem scene = scene(SipTransport.TCP).registered();
        String first = scene.pbx.last("REGISTER").uri("Contact");

        dies(scene);

        ScriptedMessage register = scene.pbx.last("REGISTER");
        assertThat(removed(register)).containsExactly(first);
        assertThat(register.headers("Contact").get(1))
                .as("no instance and no flow: it is no binding of this flow")
                .isEqualTo("<" + first + ">;expires=0");
        assertThat(bound).containsExactly(register.uri("Contact"));
    }

    @Test
    void a_removed_contact_is_removed_once() {
        ScriptedPhoneSystem scene = scene(SipTransport.TCP).registered();
        dies(scene);

        scene.alice.register();
        scene.pass(Duration.ofSeconds(1));

        assertThat(removed(scene.pbx.last("REGISTER"))).isEmpty();
    }

    /** The registrar, or a proxy before it, sees the phone at this address (RFC 3581). */
    private void answerThroughNat(ScriptedPhoneSystem scene, ScriptedMessage register, String received, int rport) {
        scene.pbx.send("SIP/2.0 200 OK\nVia: "
                + register.header("Via").replace(";rport", ";rport=" + rport + ";received=" + received)
                + "\nFrom: " + register.header("From") + "\nTo: " + register.header("To") + ";tag=s\nCall-ID: "
                + register.header("Call-ID") + "\nCSeq: " + register.header("CSeq") + "\n"
                + bound.stream()
                        .map(uri -> "Contact: <" + uri + ">;expires=600\n")
                        .collect(Collectors.joining()));
    }

    private static String at(String address, String contact) {
        return contact.replaceFirst("@[^;]+", "@" + address);
    }

    @Test
    void the_private_address_is_removed_when_the_public_one_is_known() {
        ScriptedPhoneSystem scene = scene(SipTransport.UDP);
        scene.pbx.on("REGISTER", register -> {
            bind(register, contact -> contact);
            answerThroughNat(scene, register, "203.0.113.7", 62_000);
        });
        scene.registered();
        scene.pass(Duration.ofSeconds(1));

        assertThat(bound).hasSize(1).allMatch(contact -> contact.contains("@203.0.113.7:62000;"));
    }

    /** As behind a provider's NAT with several addresses: each correction would find the next. */
    @Test
    void RFC3581_a_NAT_with_another_mapping_for_each_packet_causes_no_storm() {
        ScriptedPhoneSystem scene = scene(SipTransport.UDP);
        List<Integer> ports = new ArrayList<>();
        scene.pbx.on("REGISTER", register -> {
            bound.clear();
            bind(register, uri -> uri);
            ports.add(62_000 + ports.size());
            answerThroughNat(scene, register, "203.0.113.7", ports.get(ports.size() - 1));
        });
        scene.registered();
        scene.pass(Duration.ofMinutes(2));
        assertThat(ports).as("registered, and corrected twice").hasSize(3);

        scene.pass(Duration.ofMinutes(8));
        assertThat(ports).as("and as often at the next refresh").hasSize(6);
        assertThat(scene.alice.registration().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    /** As Asterisk does with rewrite_contact: it replaces the first Contact's address, and answers with the original. */
    @Test
    void a_contact_that_the_registrar_keeps_at_the_source_of_its_packets_is_removed_there() {
        ScriptedPhoneSystem scene = scene(SipTransport.TCP);
        List<Integer> ports = new ArrayList<>(List.of(62_000, 62_001));
        scene.pbx.on("REGISTER", register -> {
            int port = ports.remove(0);
            String first = register.uri("Contact");
            bind(register, contact -> contact.equals(first) ? at("203.0.113.7:" + port, contact) : contact);
            Set<String> kept = Set.copyOf(bound);
            bound.clear();
            bound.add(first);
            answerThroughNat(scene, register, "203.0.113.7", port);
            bound.clear();
            bound.addAll(kept);
        });
        scene.registered();

        dies(scene);

        assertThat(bound)
                .containsExactly(
                        at("203.0.113.7:62001", scene.pbx.last("REGISTER").uri("Contact")));
    }

    @Test
    void a_contact_that_the_registrar_lists_at_another_address_is_removed_there() {
        ScriptedPhoneSystem scene = scene(SipTransport.TCP);
        List<String> edges = new ArrayList<>(List.of("198.51.100.1:5060", "198.51.100.2:5060"));
        scene.pbx.on("REGISTER", register -> {
            String edge = edges.remove(0);
            String first = register.uri("Contact");
            answer(scene, register, contact -> contact.equals(first) ? at(edge, contact) : contact);
        });
        scene.registered();

        dies(scene);

        assertThat(bound).hasSize(1).allMatch(contact -> contact.contains("@198.51.100.2:5060;"));
    }

    /** As Kamailio does with fix_nated_contact: a removed Contact is then the one in use. */
    @Test
    void a_registrar_that_rewrites_all_contacts_to_one_address_does_not_lose_the_phone() {
        ScriptedPhoneSystem scene = scene(SipTransport.TCP);
        scene.pbx.on("REGISTER", register -> answer(scene, register, contact -> at("203.0.113.7:62000", contact)));
        scene.registered();

        dies(scene);
        scene.pass(Duration.ofSeconds(1));

        assertThat(bound).hasSize(1);
        assertThat(removed(scene.pbx.last("REGISTER"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"400 Bad Request", "403 Forbidden", "500 Server Error", "501 Not Implemented"})
    void a_registrar_that_refuses_two_contacts_gets_one(String refusal) {
        ScriptedPhoneSystem scene = scene(SipTransport.TCP);
        scene.pbx.on("REGISTER", register -> {
            if (register.headers("Contact").size() > 1) {
                scene.pbx.respond(register, refusal);
            } else {
                scene.accept(register);
            }
        });
        scene.registered();
        scene.registrations.clear();

        dies(scene);

        assertThat(scene.registrations)
                .extracting(RegistrationSnapshot::state)
                .doesNotContain(RegistrationState.FAILED)
                .endsWith(RegistrationState.REGISTERED);
        int before = scene.pbx.received("REGISTER").size();
        scene.alice.register();
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.pbx.received("REGISTER")).hasSize(before + 1);
    }

    @Test
    void a_registrar_that_refuses_for_another_reason_is_told_again_later() {
        ScriptedPhoneSystem scene = scene(SipTransport.TCP).registered();
        String first = scene.pbx.last("REGISTER").uri("Contact");
        List<ScriptedMessage> refused = new ArrayList<>();
        scene.pbx.on("REGISTER", register -> {
            if (refused.isEmpty()) {
                refused.add(register);
                scene.pbx.respond(register, "503 Service Unavailable");
            } else {
                answer(scene, register, contact -> contact);
            }
        });

        dies(scene);

        assertThat(removed(refused.get(0))).containsExactly(first);
        assertThat(bound).containsExactly(scene.pbx.last("REGISTER").uri("Contact"));
    }

    /** RFC 5626 §6: there the flow's next binding replaces it, and a Contact without a flow names another one. */
    @Test
    void nothing_is_removed_where_the_registrar_keeps_a_binding_per_flow() {
        ScriptedPhoneSystem scene = scene(SipTransport.TCP);
        scene.pbx.on(
                "REGISTER",
                register -> scene.pbx.respond(
                        register,
                        "200 OK",
                        "Contact: " + register.header("Contact") + ";expires=600",
                        "Require: outbound"));
        scene.registered();

        dies(scene);

        assertThat(scene.pbx.received("REGISTER"))
                .hasSizeGreaterThan(1)
                .allMatch(register -> register.headers("Contact").size() == 1);
        killed(scene);
        assertThat(removed(scene(SipTransport.TCP).registered().pbx.last("REGISTER")))
                .as("after a restart")
                .isEmpty();
    }

    @Test
    void contacts_of_unanswered_registrations_are_removed_at_most_four() {
        ScriptedPhoneSystem scene = scene(SipTransport.TCP).registered();
        List<ScriptedMessage> unanswered = new ArrayList<>();
        scene.pbx.on("REGISTER", register -> {
            if (unanswered.size() < 6) {
                bind(register, contact -> contact);
                unanswered.add(register);
                scene.pbx.disconnect();
            } else {
                answer(scene, register, contact -> contact);
            }
        });

        scene.pbx.disconnect();
        scene.time.runUntil(() -> unanswered.size() == 6, Duration.ofMinutes(30));
        scene.time.runUntil(
                () -> scene.alice.registration().state() == RegistrationState.REGISTERED, Duration.ofMinutes(10));

        assertThat(removed(scene.pbx.last("REGISTER")))
                .containsExactlyElementsOf(unanswered.subList(2, 6).stream()
                        .map(register -> register.uri("Contact"))
                        .collect(Collectors.toList()));
    }

    /** The process ends: nothing is unregistered. */
    private void killed(ScriptedPhoneSystem scene) {
        scenes.remove(scene);
        scene.pbx.on("REGISTER", register -> {});
        scene.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TCP"})
    void the_contact_of_the_last_run_is_removed_by_the_first_register_after_a_restart(SipTransport transport) {
        ScriptedPhoneSystem before = scene(transport).registered();
        String last = before.pbx.last("REGISTER").uri("Contact");
        killed(before);
        assertThat(bound).containsExactly(last);

        ScriptedPhoneSystem after = scene(transport).registered();

        ScriptedMessage first = after.pbx.received("REGISTER").get(0);
        assertThat(removed(first)).containsExactly(last);
        assertThat(bound).containsExactly(first.uri("Contact"));
    }

    @Test
    void an_account_that_unregistered_leaves_nothing_to_remove() throws Exception {
        ScriptedPhoneSystem before = scene(SipTransport.TCP).registered();
        before.alice.remove();
        before.pass(Duration.ofSeconds(1));
        killed(before);
        assertThat(bound).isEmpty();

        assertThat(removed(scene(SipTransport.TCP).registered().pbx.last("REGISTER")))
                .isEmpty();
        assertThat(new String(new FakeSecureStore(disk).read("instance"), StandardCharsets.UTF_8))
                .doesNotContain("192.0.2.1:");
    }

    @Test
    void a_second_account_of_the_same_installation_keeps_the_contact_of_the_first() {
        ScriptedPhoneSystem scene = scene(SipTransport.TCP).registered();

        scene.client.addAccount(SipAccount.builder("bob", ScriptedPhoneSystem.HOST, Secret.of("pw"))
                .transport(SipTransport.TCP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build());
        scene.until(() -> bound.size() == 2);

        assertThat(removed(scene.pbx.last("REGISTER"))).isEmpty();
    }
}
