// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** A phone that connects over TLS to a server whose certificate is up to the test. */
abstract class TlsBetweenTwoPeers {
    static final Identity CA = Certificates.authority("Test Authority");
    static final Identity OTHER_CA = Certificates.authority("Another Authority");
    static final Identity GOOD =
            Certificates.named("pbx").dns("pbx.example.com").issuedBy(CA);

    final VirtualTime time = VirtualTime.seeded(3);
    final SimulatedNetwork network = new SimulatedNetwork(time, 3);
    final SimulatedHost serverHost = network.host("192.0.2.1");
    final Peer phone = new Peer(time, network.host("192.0.2.10"), "phone");
    final Peer server = new Peer(time, serverHost, "server").answering();
    private int port = 5061;

    final InetSocketAddress serve(Identity identity) {
        return server.listen(SipTransport.TLS, "192.0.2.1", port++, identity.context());
    }

    final Peer.Attempt connect(InetSocketAddress to, String name, TlsTrust trust) {
        Peer.Attempt attempt = phone.connect(new Hop(SipTransport.TLS, to, name), new ConnectionKey("a", trust));
        time.advance(Duration.ofSeconds(5));
        return attempt;
    }

    final Peer.Attempt connect(Identity identity) {
        return connect(serve(identity), "pbx.example.com", TlsTrust.anchoredAt(CA.certificate()));
    }

    final void assertRefused(Peer.Attempt attempt, TlsProblem problem) {
        assertThat(attempt.failure).isEqualTo(new Failure.TlsFailed(problem));
        assertThat(attempt.flow).isNull();
        assertThat(attempt.answers).isEqualTo(1);
        assertThat(phone.closings).isEmpty();
        time.advance(Duration.ofSeconds(20));
        assertThat(phone.counters().streams()).isZero();
        assertThat(server.counters().streams()).isZero();
    }

    @AfterEach
    void everything_is_closed_without_a_trace() {
        phone.run(phone.layer::close);
        server.run(server.layer::close);
        time.advance(Duration.ofSeconds(60));
        assertThat(network.openLinks()).isZero();
        assertThat(time.pendingTimers()).isZero();
    }
}
