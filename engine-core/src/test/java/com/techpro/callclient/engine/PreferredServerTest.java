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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A domain with a server and another that stands in for it (RFC 3263 §4.3, RFC 2782): the account goes there and comes back. */
class PreferredServerTest {
    private static final String DOMAIN = "pbx.example.com";
    private static final String FIRST = "192.0.2.10";
    private static final String SECOND = "192.0.2.11";

    private VirtualTime time;
    private SimulatedNetwork network;
    private ScriptedPeer first;
    private ScriptedPeer second;
    private CallClient client;
    private Account alice;
    private boolean firstAnswers = true;

    @BeforeEach
    void open() {
        time = VirtualTime.seeded(3263);
        network = new SimulatedNetwork(time, 3263);
        network.dns()
                .srv("_sip._tcp." + DOMAIN, 1, 0, 5060, "a." + DOMAIN)
                .srv("_sip._tcp." + DOMAIN, 2, 0, 5060, "b." + DOMAIN)
                .address("a." + DOMAIN, FIRST)
                .address("b." + DOMAIN, SECOND);
        first = ScriptedPeer.tcp(network.host(FIRST), FIRST, 5060);
        second = ScriptedPeer.tcp(network.host(SECOND), SECOND, 5060);
        first.on("REGISTER", register -> {
            if (firstAnswers) {
                accept(first, register);
            } else {
                first.respond(register, "503 Service Unavailable");
            }
        });
        second.on("REGISTER", register -> accept(second, register));
        client = CallClient.create(CallClientConfig.builder()
                .lab(lab ->
                        lab.schedulers(time).network(network.host("192.0.2.1")).random(time.random("alice")))
                .callbacks(Runnable::run)
                .build());
    }

    private static void accept(ScriptedPeer server, ScriptedMessage register) {
        server.respond(register, "200 OK", "Contact: " + register.header("Contact") + ";expires=120");
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
        alice = client.addAccount(SipAccount.builder("alice", DOMAIN, Secret.of("pw"))
                .transport(SipTransport.TCP)
                .registrationExpiry(Duration.ofSeconds(120))
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                .build());
        time.runUntil(() -> alice.registration().state() == RegistrationState.REGISTERED, Duration.ofSeconds(60));
    }

    private int requests(ScriptedPeer server) {
        int count = server.received("REGISTER").size();
        server.forget();
        return count;
    }

    @Test
    void an_account_at_the_best_server_stays_there() {
        register();
        time.advance(Duration.ofMinutes(30));
        assertThat(requests(second)).isZero();
        assertThat(requests(first)).isGreaterThan(10);
    }

    @Test
    void an_account_comes_back_when_the_better_server_does() {
        firstAnswers = false;
        register();
        assertThat(requests(first)).isEqualTo(1);
        assertThat(requests(second)).isEqualTo(1);
        firstAnswers = true;
        time.advance(Duration.ofMinutes(4));

        requests(first);
        requests(second);
        time.advance(Duration.ofMinutes(10));
        assertThat(requests(first)).isGreaterThan(4);
        assertThat(requests(second)).isZero();
        assertThat(alice.registration().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void each_move_removes_the_contact_at_the_server_that_it_leaves() {
        register();
        String atFirst = first.last("REGISTER").uri("Contact");
        firstAnswers = false;
        first.disconnect();
        time.runUntil(() -> !second.received("REGISTER").isEmpty(), Duration.ofMinutes(1));
        assertThat(second.last("REGISTER").headers("Contact")).contains("<" + atFirst + ">;expires=0");

        String atSecond = second.last("REGISTER").uri("Contact");
        firstAnswers = true;
        first.forget();
        time.runUntil(() -> !first.received("REGISTER").isEmpty(), Duration.ofMinutes(10));
        assertThat(first.last("REGISTER").headers("Contact")).contains("<" + atSecond + ">;expires=0");
    }

    @Test
    void a_better_server_that_stays_away_is_asked_ever_more_rarely() {
        firstAnswers = false;
        register();
        requests(first);
        time.advance(Duration.ofHours(1));
        assertThat(requests(first)).isBetween(3, 6);
        time.advance(Duration.ofHours(4));
        assertThat(requests(first)).isBetween(1, 4);
        assertThat(alice.registration().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void a_server_that_comes_and_goes_does_not_take_the_account_along_each_time() {
        register();
        int moves = 0;
        for (int i = 0; i < 60; i++) {
            firstAnswers = i % 2 == 0;
            if (!firstAnswers) {
                first.disconnect();
            }
            time.advance(Duration.ofMinutes(2));
        }
        moves = requests(first);
        assertThat(moves).as("two hours").isLessThan(25);
        assertThat(alice.registration().state()).isEqualTo(RegistrationState.REGISTERED);
    }
}
