// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceTransportPolicy;
import com.techpro.callclient.stack.ice.TurnServer;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.net.NumericHost;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNat.Kind;
import com.techpro.callclient.testkit.contracts.SimulatedTurnServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call whose way ICE finds, between two hosts that each have a NAT of their own, with a STUN and TURN server between them. What leaves either passes an egress
 * guard, which permits the servers and what the other side named. Signalling takes 20 ms.
 */
final class IceScene implements AutoCloseable {
    static final String ALICE = "10.0.0.5";
    static final String BOB = "10.0.1.5";
    static final String ALICE_NAT = "198.51.100.1";
    static final String BOB_NAT = "198.51.100.2";
    static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.1", 3478);
    private static final Duration SIGNALLING = Duration.ofMillis(20);

    final TestCall call;
    final SimulatedTurnServer server;
    final End alice;
    final End bob;
    private final Loop signalling;

    static Builder builder(long seed) {
        return new Builder(seed);
    }

    /** How the two are to be. */
    static final class Builder {
        private final long seed;
        private Kind aliceNat = Kind.PORT_RESTRICTED;
        private Kind bobNat = Kind.PORT_RESTRICTED;
        private IceTransportPolicy policy = IceTransportPolicy.ALL;
        private int components = 1;
        private boolean servers = true;
        private boolean bobHasIce = true;
        private String[] aliceAddresses = {ALICE};
        private boolean aliceOffersAll;

        Builder(long seed) {
            this.seed = seed;
        }

        Builder nats(Kind one, Kind another) {
            aliceNat = one;
            bobNat = another;
            return this;
        }

        /** Of Alice. */
        Builder policy(IceTransportPolicy wanted) {
            policy = wanted;
            return this;
        }

        Builder components(int number) {
            components = number;
            return this;
        }

        Builder withoutServers() {
            servers = false;
            return this;
        }

        Builder bobWithoutIce() {
            bobHasIce = false;
            return this;
        }

        /** The session is opened on the first. */
        Builder aliceAt(String... addresses) {
            aliceAddresses = addresses;
            return this;
        }

        /** Candidates of every address. */
        Builder aliceOffersAll() {
            aliceOffersAll = true;
            return this;
        }

        IceScene open() {
            return new IceScene(this);
        }

        private IceParameters parameters(boolean controlling) {
            return new IceParameters(
                    controlling,
                    components,
                    controlling && aliceOffersAll
                            ? Stream.of(aliceAddresses)
                                    .skip(1)
                                    .map(NumericHost::parse)
                                    .toList()
                            : List.of(),
                    servers ? List.of(SERVER) : List.of(),
                    servers
                            ? List.of(new TurnServer(
                                    SERVER, SimulatedTurnServer.USER, Secret.of(SimulatedTurnServer.PASSWORD)))
                            : List.of(),
                    controlling ? policy : IceTransportPolicy.ALL);
        }
    }

    private IceScene(Builder wanted) {
        SimulatedTurnServer[] relay = new SimulatedTurnServer[1];
        End[] ends = new End[2];
        call = TestCall.between(
                wanted.seed,
                made -> {
                    made.network.nat(ALICE_NAT).kind(wanted.aliceNat);
                    made.network.nat(BOB_NAT).kind(wanted.bobNat);
                    relay[0] = new SimulatedTurnServer(made.network.host("203.0.113.1"));
                    SimulatedHost host = made.network.hostBehind(made.network.nat(ALICE_NAT), wanted.aliceAddresses);
                    ends[0] = new End(made, host, wanted.aliceAddresses[0], wanted.parameters(true));
                    return ends[0].party;
                },
                made -> {
                    SimulatedHost host = made.network.hostBehind(made.network.nat(BOB_NAT), BOB);
                    ends[1] = new End(made, host, BOB, wanted.bobHasIce ? wanted.parameters(false) : null);
                    return ends[1].party;
                });
        server = relay[0];
        alice = ends[0];
        bob = ends[1];
        signalling = call.time.openLoop("signalling");
        alice.party.speak(440);
        bob.party.speak(1000);
    }

    /** One end, with what it permits. */
    final class End {
        final TestCall.Party party;
        final PermittedOnly guard;
        final SrtpKeys keys;

        /** In place of those keys. */
        @Nullable
        Keying handshake;

        End(TestCall call, SimulatedHost host, String address, @Nullable IceParameters ice) {
            guard = new PermittedOnly(host);
            party = call.new Party(host, guard, address, ice);
            keys = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, call.time.random(address + " keys"));
            guard.permit(SERVER);
            party.seen = guard::permit;
        }

        /** What this end was told last; null before. */
        @Nullable
        IceAttributes told;

        /** The other side's description, or a later one. */
        void hear(IceAttributes theirs, End other) {
            told = theirs;
            theirs.candidates().forEach(candidate -> guard.permit(candidate.address()));
            party.session.remoteIce(theirs);
            IceCandidate usual = theirs.defaultCandidate(MediaLink.RTP);
            agree(usual == null ? other.party.session.localRtp() : usual.address(), theirs, other);
        }

        void agree(InetSocketAddress rtp, IceAttributes theirs, End other) {
            IceCandidate reports = theirs.defaultCandidate(MediaLink.RTCP);
            guard.permit(rtp);
            if (reports != null) {
                guard.permit(reports.address());
            }
            PayloadFormat codec = PayloadFormat.ofStatic(G711.ULAW);
            party.configure(new MediaParameters(
                    rtp,
                    reports == null ? null : reports.address(),
                    codec,
                    TestCall.EVENTS,
                    PayloadTypeMap.of(List.of(codec), List.of()),
                    20,
                    MediaDirection.SENDRECV,
                    handshake == null ? new Keying.Sdes(keys, other.keys) : handshake));
        }
    }

    /** Each is told the other's description once it is gathered, now and after each restart. */
    IceScene start() {
        alice.party.gathered = description -> later(() -> bob.hear(description, alice));
        bob.party.gathered = description -> later(() -> alice.hear(description, bob));
        return this;
    }

    void later(Runnable task) {
        signalling.schedule(SIGNALLING, task);
    }

    void run(Duration duration) {
        call.time.advance(duration);
    }

    IceScene bothHear() {
        run(Duration.ofMillis(1500));
        assertThat(bob.party.heard(Duration.ofSeconds(1)).power(440))
                .as("bob hears")
                .isGreaterThan(0.9);
        assertThat(alice.party.heard(Duration.ofSeconds(1)).power(1000))
                .as("alice hears")
                .isGreaterThan(0.9);
        return this;
    }

    /** What left a host since the trace was cleared. */
    List<PacketTrace.Packet> sentFrom(String address) {
        return call.network.trace().packets().stream()
                .filter(packet -> packet.from().getAddress().getHostAddress().equals(address))
                .toList();
    }

    @Override
    public void close() {
        call.alice.session.close();
        call.bob.session.close();
        run(Duration.ofSeconds(3));
        assertThat(server.allocations()).as("allocations given back").isZero();
        end();
    }

    /** As {@link #close}, where a relay could not be given back. */
    void end() {
        call.close();
        signalling.close();
        server.close();
        assertThat(call.network.openLinks()).as("open sockets").isZero();
        assertThat(call.time.pendingTimers()).as("pending timers").isZero();
        assertThat(call.alice.engine.openSessions() + call.bob.engine.openSessions())
                .isZero();
    }
}
