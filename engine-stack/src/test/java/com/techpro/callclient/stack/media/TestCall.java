// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceState;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Two sessions in virtual time, each with a microphone and a speaker of its own clock. */
final class TestCall implements AutoCloseable {
    static final int EVENTS = 101;
    static final int RATE = 8_000;
    static final String ALICE = "192.0.2.1";
    static final String PRIVATE = "10.0.0.1";
    static final String NAT = "198.51.100.1";
    static final String BOB = "192.0.2.2";

    final VirtualTime time;
    final SimulatedNetwork network;
    final Party alice;
    final Party bob;
    private final Loop devices;

    TestCall(long seed) {
        this(seed, false);
    }

    /** Without its parties. */
    private TestCall(VirtualTime time, long seed, Function<TestCall, Party> alice, Function<TestCall, Party> bob) {
        this.time = time;
        network = new SimulatedNetwork(time, seed);
        network.defaultConditions(LinkConditions.LAN);
        devices = time.openLoop("devices");
        this.alice = alice.apply(this);
        this.bob = bob.apply(this);
    }

    /** Between parties that are made on its network. */
    static TestCall between(long seed, Function<TestCall, Party> alice, Function<TestCall, Party> bob) {
        return new TestCall(VirtualTime.seeded(seed), seed, alice, bob);
    }

    TestCall(long seed, boolean aliceBehindNat) {
        time = VirtualTime.seeded(seed);
        network = new SimulatedNetwork(time, seed);
        network.defaultConditions(LinkConditions.LAN);
        devices = time.openLoop("devices");
        alice = aliceBehindNat
                ? new Party(network.hostBehind(network.nat(NAT), PRIVATE), PRIVATE)
                : new Party(network.host(ALICE), ALICE);
        bob = new Party(network.host(BOB), BOB);
    }

    void connect(@Nullable SrtpSuite suite) {
        SrtpKeys aliceKeys = suite == null ? null : SrtpKeys.generate(suite, time.random("alice keys"));
        SrtpKeys bobKeys = suite == null ? null : SrtpKeys.generate(suite, time.random("bob keys"));
        alice.configure(parameters(bob, aliceKeys, bobKeys));
        bob.configure(parameters(alice, bobKeys, aliceKeys));
        time.settle();
    }

    static MediaParameters parameters(Party other, @Nullable SrtpKeys local, @Nullable SrtpKeys remote) {
        return new MediaParameters(
                other.session.localRtp(),
                null,
                PayloadFormat.ofStatic(G711.ULAW),
                EVENTS,
                MediaDirection.SENDRECV,
                local,
                remote);
    }

    /** The keys of what is sent, which came by the signalling; null for none. */
    static @Nullable SrtpKeys local(MediaParameters agreed) {
        return agreed.keying() instanceof Keying.Sdes keys ? keys.local() : null;
    }

    /** The keys of what is received. */
    static @Nullable SrtpKeys remote(MediaParameters agreed) {
        return agreed.keying() instanceof Keying.Sdes keys ? keys.remote() : null;
    }

    /** What was sent to the ports of a party, since the trace was cleared. */
    List<byte[]> sentTo(Party party) {
        return network.trace().packets().stream()
                .filter(packet -> packet.to().equals(party.session.localRtp()))
                .map(PacketTrace.Packet::payload)
                .toList();
    }

    void run(Duration duration) {
        time.advance(duration);
    }

    @Override
    public void close() {
        alice.close();
        bob.close();
        time.advance(Duration.ofSeconds(1));
        alice.engine.close();
        bob.engine.close();
        devices.close();
        time.settle();
    }

    /** One end of the call. */
    final class Party implements MediaListener {
        final MediaEngine engine;
        final MediaSession session;
        final SimulatedHost host;
        final List<String> events = new ArrayList<>();

        @Nullable
        MediaParameters parameters;

        /** Of the devices. */
        int rate = RATE;

        private short[] recording = new short[RATE];
        private int recorded;
        private double pitch;
        private double phase;
        private short @Nullable [] said;
        private int saidTo;
        private boolean microphoneOpen;
        private boolean speakerOpen;

        /** What ICE told. */
        final List<IceCandidate> candidates = new ArrayList<>();

        final List<IceState> iceStates = new ArrayList<>();
        Consumer<IceAttributes> gathered = description -> {};
        Consumer<IceCandidate> trickled = candidate -> {};
        Consumer<InetSocketAddress> seen = address -> {};

        Party(SimulatedHost host, String address) {
            this(host, host, address, null);
        }

        Party(SimulatedHost host, Network network, String address, @Nullable IceParameters ice) {
            this.host = host;
            engine = new MediaEngine(time, network, time.random(address), 2, (thread, failure) -> {
                throw new AssertionError(failure);
            });
            try {
                session = engine.open(InetAddress.getByName(address), ice, this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            openMicrophone(Duration.ofMillis(20));
            openSpeaker(Duration.ofMillis(20));
        }

        void configure(MediaParameters agreed) {
            parameters = agreed;
            session.configure(agreed);
        }

        void openMicrophone(Duration pace) {
            microphoneOpen = true;
            devices.schedule(pace, () -> microphone(pace));
        }

        void closeMicrophone() {
            microphoneOpen = false;
        }

        void openSpeaker(Duration pace) {
            speakerOpen = true;
            devices.schedule(pace, () -> speaker(pace));
        }

        void closeSpeaker() {
            speakerOpen = false;
        }

        void speak(double frequency) {
            pitch = frequency;
        }

        /** Over and over, at the devices' rate. */
        void say(short[] sound) {
            said = sound;
        }

        private void microphone(Duration pace) {
            if (!microphoneOpen) {
                return;
            }
            short[] frame = new short[rate / 50];
            for (int i = 0; i < frame.length; i++) {
                if (said != null) {
                    frame[i] = said[saidTo++ % said.length];
                    continue;
                }
                frame[i] = pitch == 0 ? 0 : (short) (8000 * Math.sin(phase));
                phase += 2 * Math.PI * pitch / rate;
            }
            session.audioIn(rate).captured(frame);
            devices.schedule(pace, () -> microphone(pace));
        }

        private void speaker(Duration pace) {
            if (!speakerOpen) {
                return;
            }
            fetch();
            devices.schedule(pace, () -> speaker(pace));
        }

        private void fetch() {
            short[] frame = new short[rate / 50];
            session.audioOut(rate).fill(frame);
            if (recorded + frame.length > recording.length) {
                recording = Arrays.copyOf(recording, recording.length * 2);
            }
            System.arraycopy(frame, 0, recording, recorded, frame.length);
            recorded += frame.length;
        }

        /** The speaker's thread was held up, and now fetches what it missed at once. */
        void fetchAtOnce(int frames) {
            for (int i = 0; i < frames; i++) {
                fetch();
            }
        }

        /** What the speaker played last. */
        Sound heard(Duration last) {
            int samples = (int) Math.min(recorded, last.toMillis() * rate / 1000);
            return new Sound(Arrays.copyOfRange(recording, recorded - samples, recorded), rate);
        }

        InetSocketAddress address() {
            return session.localRtp();
        }

        void close() {
            microphoneOpen = false;
            speakerOpen = false;
            session.close();
        }

        @Override
        public void dtmf(char digit, Duration length) {
            events.add("dtmf " + digit + " " + length.toMillis());
        }

        @Override
        public void remoteLatched(InetSocketAddress from) {
            events.add("latched " + from.getAddress().getHostAddress() + ":" + from.getPort());
        }

        @Override
        public void reportsLatched(InetSocketAddress from) {
            events.add("reports latched " + from.getAddress().getHostAddress() + ":" + from.getPort());
        }

        @Override
        public void handshakeFrom(InetSocketAddress from) {
            String event = "handshake " + from.getAddress().getHostAddress() + ":" + from.getPort();
            if (!events.contains(event)) {
                events.add(event);
            }
        }

        @Override
        public void localCandidate(IceCandidate candidate) {
            candidates.add(candidate);
            trickled.accept(candidate);
        }

        @Override
        public void candidatesGathered(IceAttributes description) {
            gathered.accept(description);
        }

        @Override
        public void peerReflexive(InetSocketAddress address) {
            seen.accept(address);
        }

        @Override
        public void iceStateChanged(IceState state) {
            iceStates.add(state);
        }

        @Override
        public void rtpTimeout(Duration silence) {
            events.add("silent " + silence.toSeconds());
        }

        @Override
        public void resumed() {
            events.add("resumed");
        }

        @Override
        public void keyed(SrtpSuite suite) {
            events.add("keyed " + suite);
        }

        @Override
        public void failed(Reason reason) {
            events.add("failed " + reason);
        }
    }
}
