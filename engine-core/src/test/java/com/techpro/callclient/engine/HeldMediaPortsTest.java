// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.ForwardingNetwork;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A machine on which ports for sound cannot be opened, half of them or all: others hold them, or no descriptor is left. */
class HeldMediaPortsTest {
    private static final String PBX = "192.0.2.10";

    private final VirtualTime time = VirtualTime.seeded(31);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 31);
    private final ScriptedPeer pbx = ScriptedPeer.udp(network.host(PBX), PBX, 5060);
    private final List<Throwable> uncaught = new ArrayList<>();
    private final Random random = time.random("others");
    private int held;

    @Test
    void each_call_is_made_or_ends_with_its_reason_and_leaves_no_port_open() {
        pbx.on("REGISTER", it -> pbx.respond(it, "200 OK", "Contact: " + it.header("Contact") + ";expires=600"));
        pbx.on(
                "INVITE",
                it -> pbx.respond(
                        it,
                        "200 OK",
                        ScriptedPeer.lines("Contact: <sip:bob@" + PBX + ">", ScriptedPeer.sdp(PBX, 40_000, 1))));
        pbx.on("BYE", it -> pbx.respond(it, "200 OK"));
        CallClient client = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(time)
                        .network(new HeldPorts(network.host("192.0.2.1")))
                        .random(time.random("alice")))
                .platform(p -> p.audio(new FakeAudio(time.openLoop("audio"))))
                .callbacks(Runnable::run)
                .failures((thread, failure) -> uncaught.add(failure))
                .build());
        Account alice = client.addAccount(SipAccount.builder("alice", PBX, Secret.of("pw"))
                .transport(SipTransport.UDP)
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                .build());
        time.advance(Duration.ofSeconds(2));
        for (int percent : new int[] {50, 100, 50, 0}) {
            held = percent;
            Call call = alice.dial("bob");
            time.advance(Duration.ofSeconds(2));
            if (percent < 100) {
                assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
            } else {
                assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Failed(new Failure.Unreachable()));
            }
            call.hangUp();
            time.advance(Duration.ofSeconds(40));
            assertThat(client.calls()).isEmpty();
            assertThat(network.openLinks()).as("only the sockets of signalling").isEqualTo(2);
        }
        client.close();
        pbx.close();
        time.advance(Duration.ofSeconds(40));
        assertThat(network.openLinks()).isZero();
        assertThat(uncaught).isEmpty();
    }

    private final class HeldPorts extends ForwardingNetwork {
        HeldPorts(Network network) {
            super(network);
        }

        @Override
        public DatagramPoller openPoller() throws IOException {
            DatagramPoller whole = super.openPoller();
            return new DatagramPoller() {
                @Override
                public DatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
                    if (random.nextInt(100) < held) {
                        throw new BindException("Address already in use");
                    }
                    return whole.open(local, receiver);
                }

                @Override
                public int poll() {
                    return whole.poll();
                }

                @Override
                public void close() {
                    whole.close();
                }
            };
        }
    }
}
