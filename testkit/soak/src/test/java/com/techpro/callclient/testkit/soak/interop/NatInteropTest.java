// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Precondition;
import com.techpro.callclient.testkit.soak.interop.NatRouter.Mapping;
import com.techpro.callclient.testkit.soak.interop.NatRouter.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls between homes that Linux's own NATs stand before, with a real coturn between them. Which way the sound takes the routers' counters tell. */
@Tag("interop")
@Tag("day-1")
class NatInteropTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    /** Of either side, while 20 ms of speech are in each: two seconds of it. */
    private static final int PACKETS = 200;
    /** Checks, questions of consent and reports, in five seconds. */
    private static final int FEW = 60;

    @TempDir
    static Path directory;

    private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();
    private static NatNetwork network;
    private static Coturn coturn;
    private static NamespacePhone first;
    private static NamespacePhone beside;
    private static NamespacePhone other;

    @BeforeAll
    static void start() throws IOException {
        Precondition.require(NetworkNamespace.areAvailable(), "network namespaces for this user");
        network = opened(new NatNetwork(directory));
        Path ofSystem = Files.createDirectory(directory.resolve("system"));
        Path ofRelay = Files.createDirectory(directory.resolve("relay"));
        Kamailio kamailio =
                opened(new Kamailio(ofSystem, "MD5", new ServerHost(network.internet, NatNetwork.SYSTEM_ADDRESS)));
        coturn = opened(new Coturn(ofRelay, LONG, new ServerHost(network.internet, NatNetwork.RELAY_ADDRESS)));
        first = opened(new NamespacePhone(network.first, "1001", kamailio, coturn, directory));
        beside = opened(new NamespacePhone(network.beside, "1002", kamailio, coturn, directory));
        other = opened(new NamespacePhone(network.other, "1003", kamailio, coturn, directory));
    }

    private static <T extends AutoCloseable> T opened(T part) {
        OPEN.push(part);
        return part;
    }

    @AfterAll
    static void stop() throws Exception {
        while (!OPEN.isEmpty()) {
            OPEN.pop().close();
        }
    }

    /** How the relay is asked. */
    enum Relay {
        UDP("turn:", false, ""),
        TCP("turn:", false, "?transport=tcp"),
        TLS("turns:", true, "");

        private final String scheme;
        private final boolean encrypted;
        private final String parameter;

        Relay(String scheme, boolean encrypted, String parameter) {
            this.scheme = scheme;
            this.encrypted = encrypted;
            this.parameter = parameter;
        }

        String uri() {
            int port = encrypted ? coturn.tlsPort() : coturn.port();
            return scheme + NatNetwork.RELAY_ADDRESS + ":" + port + parameter;
        }
    }

    private static String stun() {
        return "stun:" + NatNetwork.RELAY_ADDRESS + ":" + coturn.port();
    }

    @Test
    void within_one_home_the_sound_stays_there() {
        call(Mapping.PORT_PRESERVING, first, beside);
        long before = direct() + relayed();
        NamespacePhone.all("speech", first, beside);
        assertThat(direct() + relayed() - before).isLessThan(FEW);
        hangUp(first, beside);
    }

    @Test
    void from_home_to_home_the_sound_goes_straight_through_both_NATs() {
        call(Mapping.PORT_PRESERVING, first, other);
        long relayed = relayed();
        long direct = direct();
        NamespacePhone.all("speech", first, other);
        assertThat(direct() - direct).isGreaterThan(PACKETS);
        assertThat(relayed() - relayed).isLessThan(FEW);
        hangUp(first, other);
    }

    @Test
    void where_both_NATs_are_symmetric_it_goes_through_the_relay() {
        call(Mapping.SYMMETRIC, first, other);
        long direct = direct();
        long relayed = relayed();
        NamespacePhone.all("speech", first, other);
        assertThat(direct() - direct).isLessThan(FEW);
        assertThat(relayed() - relayed).isGreaterThan(PACKETS);
        hangUp(first, other);
        assertThat(coturn.awaitRelayed()).isGreaterThan(PACKETS);
    }

    @Test
    void where_no_UDP_passes_it_goes_to_the_relay_over_TCP_and_over_TLS() {
        network.route(Mapping.SYMMETRIC);
        network.firstRouter.blockUdp();
        network.otherRouter.blockUdp();
        NamespacePhone.all("register " + Relay.TCP.uri(), first);
        NamespacePhone.all("register " + Relay.TLS.uri(), other);
        call(first, other);
        long before = network.firstRouter.packets(Traffic.RELAYED);
        long beforeThere = network.otherRouter.packets(Traffic.RELAYED);
        NamespacePhone.all("speech", first, other);
        assertThat(network.firstRouter.packets(Traffic.RELAYED) - before).isGreaterThan(PACKETS);
        assertThat(network.otherRouter.packets(Traffic.RELAYED) - beforeThere).isGreaterThan(PACKETS);
        hangUp(first, other);
        assertThat(coturn.awaitRelayed()).isGreaterThan(PACKETS);
    }

    @Test
    void a_relay_that_is_restarted_in_mid_call_is_asked_for_another_way() {
        call(Mapping.SYMMETRIC, first, other);
        NamespacePhone.all("sound", first, other);
        coturn.kill();
        NamespacePhone.all("silence", first, other);
        coturn.startAgain();
        NamespacePhone.all("speech", first, other);
        hangUp(first, other);
        assertThat(coturn.awaitRelayed()).isGreaterThan(PACKETS);
    }

    @Test
    void when_the_direct_way_breaks_in_mid_call_another_is_found() {
        call(Mapping.PORT_PRESERVING, first, other);
        NamespacePhone.all("sound", first, other);
        network.firstRouter.block(network.otherRouter);
        NamespacePhone.all("silence", first, other);
        long relayed = relayed();
        NamespacePhone.all("speech", first, other);
        assertThat(relayed() - relayed).isGreaterThan(PACKETS);
        hangUp(first, other);
    }

    private static long direct() {
        return network.firstRouter.packets(Traffic.DIRECT);
    }

    private static long relayed() {
        return network.firstRouter.packets(Traffic.RELAYED);
    }

    /** Behind routers of that kind; the relay also tells how they are seen. */
    private static void call(Mapping mapping, NamespacePhone caller, NamespacePhone callee) {
        network.route(mapping);
        NamespacePhone.all("register " + stun() + " " + Relay.UDP.uri(), caller, callee);
        call(caller, callee);
    }

    private static void call(NamespacePhone caller, NamespacePhone callee) {
        caller.say("dial " + callee.extension());
        NamespacePhone.all("answer", callee);
        caller.awaitDone("dial");
    }

    private static void hangUp(NamespacePhone caller, NamespacePhone callee) {
        NamespacePhone.all("hang-up", caller);
        NamespacePhone.all("over", callee);
    }
}
