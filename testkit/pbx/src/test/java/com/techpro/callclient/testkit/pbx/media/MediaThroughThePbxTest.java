// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.MediaEngine;
import com.techpro.callclient.stack.media.MediaListener;
import com.techpro.callclient.stack.media.MediaParameters;
import com.techpro.callclient.stack.media.MediaSession;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.fault.MediaFaults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine's media sessions on both sides of the PBX's ports. */
class MediaThroughThePbxTest {
    private static final int FRAME = 160;

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private final Random random = Seeds.random(1);
    private final MediaFaults faults = new MediaFaults(random);
    private MediaPlane plane;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void start() throws IOException {
        plane = new MediaPlane(time, network.host("10.0.0.1"), faults, random, this::fail);
        alice = new Phone("10.0.0.11");
        bob = new Phone("10.0.0.12");
    }

    @AfterEach
    void stop() {
        alice.engine.close();
        bob.engine.close();
        time.advance(Duration.ofSeconds(1));
        assertThat(plane.openPorts()).isZero();
        plane.close();
        assertThat(network.openLinks()).isZero();
        time.close();
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void speech_keys_and_reports_pass_from_one_encryption_to_another(SrtpSuite suite) throws IOException {
        MediaPort left = alice.connect(suite);
        MediaPort right = bob.connect(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        left.deliverTo(PacketSink.relayTo(right));
        right.deliverTo(PacketSink.relayTo(left));

        talk(Duration.ofSeconds(3));
        alice.session.sendDtmf('7', Duration.ofMillis(160));
        talk(Duration.ofSeconds(12));

        assertThat(bob.loudFrames).isGreaterThan(700);
        assertThat(alice.loudFrames).isGreaterThan(700);
        assertThat(bob.digits).hasToString("7");
        assertThat(alice.session.statistics().roundTrip()).isBetween(Duration.ofMillis(3), Duration.ofMillis(30));
        assertThat(alice.session.statistics().remoteLossPercent()).isZero();
        assertThat(alice.session.statistics().drops().notAuthentic()).isZero();
        assertThat(plane.packetsRefused()).isZero();
        left.close();
        right.close();
    }

    @Test
    void the_echo_comes_back_as_a_source_of_its_own_with_reports() throws IOException {
        MediaPort port = alice.connect(SrtpSuite.AEAD_AES_128_GCM);
        EchoSource echo = new EchoSource(plane, random);
        port.deliverTo(echo);
        echo.speak(port, new VoiceFormat(0, G711.ULAW, 101, true));

        talk(Duration.ofSeconds(15));

        assertThat(alice.loudFrames).isGreaterThan(700);
        assertThat(alice.session.statistics().roundTrip()).isBetween(Duration.ofMillis(1), Duration.ofMillis(20));
        assertThat(alice.session.statistics().remoteLossPercent()).isZero();
        assertThat(alice.session.statistics().lost()).isZero();
        echo.close();
        port.close();
    }

    @Test
    void the_tone_plays_at_its_pitch() throws IOException {
        MediaPort port = alice.connect(SrtpSuite.AEAD_AES_256_GCM);
        ToneSource tone = new ToneSource(plane, random, 440, false);
        port.deliverTo(tone);
        tone.speak(port, new VoiceFormat(0, G711.ULAW, 101, true));

        talk(Duration.ofSeconds(2));
        alice.crossings = 0;
        talk(Duration.ofSeconds(1));

        // A sine crosses zero twice a wave.
        assertThat(alice.crossings).isBetween(860, 900);
        tone.close();
        port.close();
    }

    @Test
    void packets_lost_by_faults_are_reported_as_lost() throws IOException {
        MediaPort left = alice.connect(SrtpSuite.AEAD_AES_128_GCM);
        MediaPort right = bob.connect(SrtpSuite.AEAD_AES_128_GCM);
        left.deliverTo(PacketSink.relayTo(right));
        right.deliverTo(PacketSink.relayTo(left));
        faults.loseShare(0.1);

        talk(Duration.ofSeconds(20));

        assertThat(bob.session.statistics().lost()).isBetween(50L, 150L);
        left.close();
        right.close();
    }

    private void talk(Duration length) {
        for (long frame = 0; frame < length.toMillis() / 20; frame++) {
            alice.frame();
            bob.frame();
            time.advance(Duration.ofMillis(20));
        }
    }

    private void fail(Thread thread, Throwable failure) {
        throw new AssertionError(failure);
    }

    /** A microphone with a tone, an ear, and a session between. */
    private final class Phone implements MediaListener {
        private final StringBuilder digits = new StringBuilder();
        private final short[] frame = new short[FRAME];
        private final MediaEngine engine;
        private final MediaSession session;
        private int phase;
        private int loudFrames;
        private int crossings;
        private short last;

        private Phone(String address) throws IOException {
            engine = new MediaEngine(
                    time,
                    network.host(address),
                    Seeds.random(address.hashCode()),
                    1,
                    MediaThroughThePbxTest.this::fail);
            session = engine.open(InetAddress.getByName(address), this);
        }

        private MediaPort connect(SrtpSuite suite) throws IOException {
            MediaPort port = plane.openPort(InetAddress.getByName("10.0.0.1"));
            SrtpKeys ours = SrtpKeys.generate(suite, random);
            SrtpKeys theirs = SrtpKeys.generate(suite, random);
            port.configure(new MediaAgreement(session.localRtp(), null, 1, ours, theirs));
            session.configure(new MediaParameters(
                    port.localAddress(),
                    null,
                    PayloadFormat.ofStatic(G711.ULAW),
                    101,
                    MediaDirection.SENDRECV,
                    theirs,
                    ours));
            return port;
        }

        private void frame() {
            for (int i = 0; i < FRAME; i++) {
                frame[i] = (short) (6000 * Math.sin(2 * Math.PI * 300 * phase++ / 8000));
            }
            session.audioIn(8_000).captured(frame);
            session.audioOut(8_000).fill(frame);
            int peak = 0;
            for (short sample : frame) {
                peak = Math.max(peak, Math.abs(sample));
                if (last < 0 != sample < 0) {
                    crossings++;
                }
                last = sample;
            }
            loudFrames += peak > 3000 ? 1 : 0;
        }

        @Override
        public void dtmf(char digit, Duration length) {
            digits.append(digit);
        }

        @Override
        public void remoteLatched(InetSocketAddress from) {}

        @Override
        public void rtpTimeout(Duration silence) {}

        @Override
        public void resumed() {}

        @Override
        public void failed(Reason reason) {}
    }
}
