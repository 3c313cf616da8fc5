// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.net.StreamAcceptor;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.ForwardingNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Promise S5: whichever part of the engine uses the network gets it from the egress guard. Nobody else calls the host's own. */
class EgressWiringTest {
    private static final String GUARD = "com.techpro.callclient.engine.internal.privacy.";

    /** By what was called: who did. */
    private final Map<String, String> callers = new TreeMap<>();

    @Test
    void S5_only_the_egress_guard_calls_the_network_port() {
        try (PhoneScene scene = new PhoneScene(5)) {
            Network watched = new Watched(scene.network.host("192.0.2.1"));
            PhoneScene.Phone alice = scene.phone(
                            "alice", "192.0.2.1", config -> config.lab(lab -> lab.network(watched)))
                    .registered();
            PhoneScene.Phone bob = scene.phone("bob", "192.0.2.2").registered();
            Call call = scene.talk(alice, bob);
            scene.pass(Duration.ofSeconds(6));
            call.hangUp();
            var login = alice.client
                    .login(new TestPhoneSystem("carol", Policy.OPEN), Login.of("carol@example.com", Secret.of("pw")))
                    .toCompletableFuture();
            scene.until(() -> login.isDone() && scene.proxy.knows("carol"));
        }
        assertThat(callers.keySet()).contains("openDatagram", "openPoller", "localAddressFor", "resolver");
        assertThat(callers.values()).allMatch(caller -> caller.startsWith(GUARD));
    }

    /** Remembers who called, the first who was not the guard if there was one. */
    private final class Watched extends ForwardingNetwork {
        Watched(Network network) {
            super(network);
        }

        private void called(String what) {
            String caller = StackWalker.getInstance()
                    .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                            .filter(name -> !name.equals(Watched.class.getName()))
                            .findFirst()
                            .orElseThrow());
            callers.merge(what, caller, (before, now) -> before.startsWith(GUARD) ? now : before);
        }

        @Override
        public DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
            called("openDatagram");
            return super.openDatagram(local, receiver);
        }

        @Override
        public DatagramPoller openPoller() throws IOException {
            called("openPoller");
            return super.openPoller();
        }

        @Override
        public StreamLink connect(InetSocketAddress remote, StreamHandler handler) {
            called("connect");
            return super.connect(remote, handler);
        }

        @Override
        public StreamListener listen(InetSocketAddress local, StreamAcceptor acceptor) throws IOException {
            called("listen");
            return super.listen(local, acceptor);
        }

        @Override
        public Resolver resolver() {
            called("resolver");
            return super.resolver();
        }

        @Override
        public InetAddress localAddressFor(InetSocketAddress remote) throws IOException {
            called("localAddressFor");
            return super.localAddressFor(remote);
        }
    }
}
