// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registrar that writes IPv6 addresses the short way (RFC 5952), where the engine writes them the long way. */
class Ipv6RegistrationTest {
    private static final String DOMAIN = "six.example.com";

    private VirtualTime time;
    private SimulatedNetwork network;
    private ScriptedPeer registrar;
    private CallClient client;
    private Account account;

    @BeforeEach
    void open() {
        time = VirtualTime.seeded(5952);
        network = new SimulatedNetwork(time, 5952);
        network.dns().address(DOMAIN, "2001:db8::10");
        registrar = ScriptedPeer.udp(network.host("2001:db8::10"), "2001:db8::10", 5060);
        client = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(time)
                        .network(network.host("2001:db8::1"))
                        .random(time.random("six")))
                .callbacks(Runnable::run)
                .build());
    }

    @AfterEach
    void close() {
        client.close();
        time.advance(Duration.ofSeconds(40));
        registrar.close();
        network.close();
        time.close();
    }

    /** @param seen what the registrar adds to the Via */
    private void register(String seen) {
        registrar.on("REGISTER", register -> accept(register, seen));
        account = client.addAccount(SipAccount.builder("alice", DOMAIN, Secret.of("pw"))
                .transport(SipTransport.UDP)
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                .build());
        time.runUntil(() -> account.registration().state() == RegistrationState.REGISTERED, Duration.ofSeconds(60));
        time.advance(Duration.ofSeconds(10));
    }

    /** With another phone's binding beside ours, which ends sooner. */
    private void accept(ScriptedMessage register, String seen) {
        String contact = register.uri("Contact").replace("2001:db8:0:0:0:0:0:1", "2001:db8::1");
        registrar.send("SIP/2.0 200 OK\n"
                + "Via: " + register.header("Via").replace(";rport", seen) + "\n"
                + "From: " + register.header("From") + "\n"
                + "To: " + register.header("To") + ";tag=registrar\n"
                + "Call-ID: " + register.header("Call-ID") + "\n"
                + "CSeq: " + register.header("CSeq") + "\n"
                + "Contact: <sip:alice@[2001:db8::77]>;expires=70, <" + contact + ">;expires=600\n");
    }

    @Test
    void the_own_address_in_another_spelling_is_no_news() {
        register(";received=2001:db8::1");

        assertThat(registrar.received("REGISTER")).hasSize(1);
    }

    @Test
    void the_own_binding_is_found_among_the_others() {
        register("");

        assertThat(Duration.between(
                        time.now(),
                        Objects.requireNonNull(account.registration().expires())))
                .isGreaterThan(Duration.ofMinutes(9));
    }
}
