// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.ForwardingNetwork;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A platform that throws where it should answer, as one without the permission for the network does: nothing waits for ever. */
class ThrowingNetworkTest {
    private final VirtualTime time = VirtualTime.seeded(23);
    private final SimulatedNetwork simulated = new SimulatedNetwork(time, 23);
    private final List<Throwable> uncaught = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "UDP, 192.0.2.10, openDatagram, unreachable",
        "UDP, 192.0.2.10, localAddressFor, unreachable",
        "TCP, 192.0.2.10, connect, unreachable",
        "TLS, 192.0.2.10, connect, unreachable",
        "UDP, pbx.test, resolver, dns",
        "TCP, pbx.test, resolver, dns",
        "TLS, pbx.test, resolver, dns",
        "TLS, pbx.test:5061, resolver, dns",
        // An Error, not an exception.
        "UDP, 192.0.2.10, openDatagram!, unreachable",
        "UDP, 192.0.2.10, localAddressFor!, unreachable",
        "TCP, 192.0.2.10, connect!, unreachable",
        "TLS, 192.0.2.10, connect!, unreachable",
        "UDP, pbx.test, resolver!, dns",
        "TLS, pbx.test:5061, resolver!, dns"
    })
    void an_account_fails_a_call_ends_and_the_account_can_be_removed(
            SipTransport transport, String domain, String at, String code) {
        List<Call> ended = new ArrayList<>();
        CallClient client = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(time)
                        .network(new Throwing(simulated.host("192.0.2.1"), at))
                        .random(time.random("alice")))
                .platform(p -> p.audio(new FakeAudio(time.openLoop("audio"))))
                .callbacks(Runnable::run)
                .failures((thread, failure) -> uncaught.add(failure))
                .listener(new CallClientListener() {
                    @Override
                    public void callChanged(Call call, CallEvent event) {
                        if (call.snapshot().state() == CallState.ENDED) {
                            ended.add(call);
                        }
                    }
                })
                .build());
        Account account = client.addAccount(SipAccount.builder("alice", domain, Secret.of("x"))
                .transport(transport)
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                .build());
        time.advance(Duration.ofSeconds(15));

        assertThat(account.registration().state()).isEqualTo(RegistrationState.WAITING);
        assertThat(account.registration().failure().code()).isEqualTo(code);

        Call call = account.dial("bob");
        time.advance(Duration.ofSeconds(15));
        assertThat(ended).contains(call);

        account.remove();
        time.advance(Duration.ofSeconds(15));
        assertThat(account.registration().state()).isEqualTo(RegistrationState.UNREGISTERED);
        client.close();
        time.advance(Duration.ofSeconds(15));
        assertThat(uncaught).isEmpty();
    }

    private static final class Throwing extends ForwardingNetwork {
        private final String at;

        Throwing(Network network, String at) {
            super(network);
            this.at = at;
        }

        private void check(String method) {
            if (method.equals(at)) {
                throw new SecurityException("no permission for the network");
            }
            if (at.equals(method + "!")) {
                throw new NoClassDefFoundError("test");
            }
        }

        @Override
        public DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
            check("openDatagram");
            return super.openDatagram(local, receiver);
        }

        @Override
        public StreamLink connect(InetSocketAddress remote, StreamHandler handler) {
            check("connect");
            return super.connect(remote, handler);
        }

        @Override
        public Resolver resolver() {
            return (name, type, answer) -> {
                check("resolver");
                super.resolver().resolve(name, type, answer);
            };
        }

        @Override
        public InetAddress localAddressFor(InetSocketAddress remote) throws IOException {
            check("localAddressFor");
            return super.localAddressFor(remote);
        }
    }
}
