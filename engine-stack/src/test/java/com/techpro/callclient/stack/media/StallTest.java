// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.PayloadTypeMap.Redundancy;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Codecs;
import com.techpro.callclient.stack.media.codec.Encoder;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.rtp.RedPayload;
import com.techpro.callclient.stack.media.rtp.RtpClock;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.rtp.xr.XrFormats;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is played as silence, and what the figures say of it. The far end's voice has no pause and no background, so
 * that each silent frame is one that it did not send.
 */
class StallTest {
    private static final InetSocketAddress FAR = new InetSocketAddress("192.0.2.1", 4000);
    private static final int FRAME_MILLIS = 20;
    private static final int DYNAMIC = 96;
    private static final int RED = 97;
    /** Until speech after a pause is played, so much more silence is the buffer's choice. */
    private static final int WAIT_AFTER_PAUSE_MILLIS = 80;

    private static final Map<Codec, List<byte[]>> VOICES = new HashMap<>();

    private enum Event {
        NONE,
        HOLD,
        DEVICE
    }

    private final SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, Seeds.random(1));
    private final RtpPacket view = new RtpPacket();
    private Codec codec = G711.ULAW;
    private boolean redundant;
    private int units;
    private MediaParameters parameters;
    private AudioReceiver receiver;
    private RtcpSession rtcp;
    private StreamStatistics statistics;

    private short[] frame;
    private int sequence = 65_500;
    private int timestamp;
    private int sent;
    private boolean adjacent;
    private long now;
    private int played;
    private boolean held;
    private int silentMillis;
    private int pausedMillis;
    private int pauses;
    private double mos;

    StallTest() {
        open(G711.ULAW, false);
    }

    private StallTest open(Codec spoken, boolean withCopies) {
        codec = spoken;
        redundant = withCopies;
        units = codec.clockRate() / 50;
        timestamp = -20 * units;
        PayloadFormat format =
                codec.staticPayloadType() < 0 ? new PayloadFormat(codec, DYNAMIC, "") : PayloadFormat.ofStatic(codec);
        PayloadTypeMap received = PayloadTypeMap.of(List.of(format), List.of());
        parameters = new MediaParameters(
                FAR,
                null,
                format,
                -1,
                redundant ? received.with(new Redundancy(RED, RED, codec.clockRate())) : received,
                FRAME_MILLIS,
                MediaDirection.SENDRECV,
                new Keying.Sdes(keys, keys));
        var drops = new DropCounters();
        receiver = new AudioReceiver(drops, format, (digit, length) -> {});
        receiver.expects(true);
        frame = new short[codec.sampleRate() / 50];
        var sender = new AudioSender(
                Seeds.random(2), format, new OutgoingPackets(() -> false, () -> ByteBuffer.allocate(0), packet -> {}));
        rtcp = new RtcpSession(sender, receiver, Seeds.random(3), Instant.EPOCH, 0, drops);
        rtcp.extended().permit(XrFormats.NONE.withVoipMetrics());
        statistics = new StreamStatistics(sender, receiver, rtcp, drops);
        return this;
    }

    static Stream<Arguments> calls() {
        List<Arguments> calls = new ArrayList<>();
        for (Codec codec : Codecs.ALL) {
            for (boolean dtx : new boolean[] {false, true}) {
                for (boolean redundant : new boolean[] {false, true}) {
                    for (Event event : Event.values()) {
                        calls.add(Arguments.of(calls.size(), Codecs.rtpmap(codec), dtx, redundant, event));
                    }
                }
            }
        }
        return calls.stream();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void dead_silence_that_the_sender_did_not_send_is_in_the_figures_and_lowers_the_score(
            int number, String name, boolean dtx, boolean redundant, Event event) {
        Codec codec = Objects.requireNonNull(Codecs.find(name));
        for (int i = 0; i < 2; i++) {
            long own = 100L * number + i;
            new StallTest().open(codec, redundant).stalls(Seeds.random(own), dtx, event, "seed " + Seeds.of(own));
        }
    }

    private void stalls(Random random, boolean dtx, Event event, String seed) {
        talk(60 + random.nextInt(20));
        if (dtx) {
            pause(200 + 20 * random.nextInt(20));
            talk(20 + random.nextInt(20));
        }
        if (event == Event.HOLD) {
            hold(random.nextBoolean(), 10 + random.nextInt(30));
            talk(20 + random.nextInt(20));
        }
        talk(50 - played % 50);
        double mosBefore = mos;
        int reportedBefore = listeningQuality();
        long concealedBefore = concealedMillis();
        silentMillis = 0;
        pausedMillis = 0;
        pauses = 0;

        int stalled = 0;
        String scene = seed;
        for (int stalls = 1 + random.nextInt(2); stalls > 0; stalls--) {
            if (dtx && random.nextBoolean()) {
                pause(200 + 20 * random.nextInt(20));
            }
            int frames = 5 + random.nextInt(46);
            int lost = random.nextInt(3) == 0 ? 1 + random.nextInt(frames) : 0;
            int switched = event == Event.DEVICE ? random.nextInt(frames) : -1;
            scene += ", " + frames + " packets come late, and " + lost + " of them never";
            for (int i = 0; i < frames; i++) {
                if (i == switched) {
                    switchDevice(random.nextBoolean() ? 16_000 : 44_100);
                }
                play();
            }
            for (int i = 0; i < frames; i++) {
                if (i < lost) {
                    next();
                } else {
                    packet();
                }
            }
            stalled += frames * FRAME_MILLIS;
            talk(3 + random.nextInt(40));
        }
        // What an empty buffer was about is known when it fills again.
        talk(100 - played % 50);

        int unsent = silentMillis - pausedMillis - pauses * WAIT_AFTER_PAUSE_MILLIS;
        long counted = concealedMillis() - concealedBefore;
        // Where packets are lost after a pause, nobody knows how much of it the sender left out.
        assertThat(counted).as(scene).isBetween((long) unsent, stalled + pausedMillis + 200L);
        if (unsent >= 100) {
            assertThat(mos).as(scene).isLessThan(mosBefore - 0.1);
            assertThat(listeningQuality()).as(scene).isLessThan(reportedBefore);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 160, 200, 240, 260, 300, 320, 360, 400, 500, 600, 800, 1000})
    void a_stall_is_late_sound_in_the_figures(int millis) {
        talk(100);
        silentMillis = 0;
        long before = concealedMillis();

        stall(millis);
        talk(100);

        assertThat(concealedMillis() - before).isBetween((long) silentMillis, (long) millis + 100);
        assertThat(receiver.sources().lost()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 300, 500, 1000})
    void a_stall_after_the_senders_silence_counts_without_it(int millis) {
        talk(100);
        pause(400);
        silentMillis = 0;
        long before = concealedMillis();

        stall(millis);
        talk(100);

        assertThat(concealedMillis() - before).isBetween(millis - 100L, millis + 100L);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 200, 320, 400, 1000, 3000})
    void the_senders_own_silence_is_nothing_that_is_missed(int millis) {
        talk(100);
        long before = concealedMillis();

        pause(millis);
        talk(100);

        assertThat(concealedMillis() - before).isLessThanOrEqualTo(FRAME_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 500, 1000})
    void of_a_stall_in_which_packets_are_lost_all_silence_counts(int millis) {
        talk(100);
        silentMillis = 0;
        long before = concealedMillis();

        for (int at = 0; at < millis; at += FRAME_MILLIS) {
            next();
            play();
        }
        talk(100);

        assertThat(concealedMillis() - before).isBetween((long) silentMillis, (long) millis + 100);
        assertThat(receiver.sources().lost()).isEqualTo(millis / FRAME_MILLIS);
    }

    /** RFC 3611 §4.7.1: a packet that arrived and was not played is discarded, whatever the reason. */
    @ParameterizedTest
    @ValueSource(ints = {200, 600, 1000, 1600})
    void RFC3611_4_7_the_VoIP_metrics_block_has_the_cost_of_a_stall(int millis) {
        talk(200);
        ByteBuffer before = voipMetrics();
        stall(millis);
        talk(100);

        ByteBuffer block = voipMetrics();
        int late = (int) receiver.playout().buffer().late();
        assertThat(block.get(16)).as("loss rate").isZero();
        // The fate of the last 65 packets is still open.
        assertThat(block.get(17) & 0xFF).as("discard rate").isEqualTo(256 * late / (sent - 65));
        assertThat(late).isBetween(millis < 600 ? 0 : 5, millis / FRAME_MILLIS);
        assertThat(block.get(18) & 0xFF).as("burst density").isEqualTo(late > 1 ? 255 : 0);
        assertThat(block.getShort(20)).as("burst duration").isEqualTo((short) (late > 1 ? late * FRAME_MILLIS : 0));
        assertThat(block.get(32)).as("R").isLessThan(before.get(32));
        assertThat(block.get(34)).as("MOS-LQ").isLessThan(before.get(34));
    }

    /** The packets of this time come all at once after it. */
    private void stall(int millis) {
        for (int at = 0; at < millis; at += FRAME_MILLIS) {
            play();
        }
        for (int at = 0; at < millis; at += FRAME_MILLIS) {
            packet();
        }
    }

    /** The sender leaves silence out (RFC 3551 §4.1). */
    private void pause(int millis) {
        for (int at = 0; at < millis; at += FRAME_MILLIS) {
            timestamp += units;
            pausedMillis += FRAME_MILLIS;
            play();
        }
        adjacent = false;
        pauses++;
    }

    /** @param sends whether the far end still sends, as one does that has not yet heard of it */
    private void hold(boolean sends, int frames) {
        receiver.expects(false);
        held = true;
        for (int i = 0; i < frames; i++) {
            if (sends) {
                packet();
            } else {
                timestamp += units;
            }
            play();
        }
        held = false;
        receiver.expects(true);
    }

    private void switchDevice(int rate) {
        receiver.playout().setSampleRate(rate);
        frame = new short[rate / 50];
    }

    private void talk(int packets) {
        for (int i = 0; i < packets; i++) {
            packet();
            play();
        }
    }

    private void next() {
        sequence++;
        timestamp += units;
        sent++;
        adjacent = true;
    }

    private void packet() {
        List<byte[]> voice = VOICES.computeIfAbsent(codec, StallTest::voice);
        byte[] primary = voice.get(sent % voice.size());
        byte[] copy = redundant && adjacent ? voice.get((sent + voice.size() - 1) % voice.size()) : null;
        int type = parameters.codec().payloadType();
        ByteBuffer packet = ByteBuffer.allocate(2_000);
        RtpPacket.writeHeader(packet, false, copy == null ? type : RED, sequence, timestamp, 0x12345678);
        if (copy != null) {
            RedPayload.writeBlockHeader(packet.array(), packet.position(), type, units, copy.length);
            packet.position(packet.position() + 4);
            packet.put((byte) type).put(copy);
        }
        packet.put(primary).flip();
        assertThat(view.wrap(packet)).isTrue();
        receiver.received(
                held ? parameters.withDirection(MediaDirection.SENDONLY) : parameters, view, packet, FAR, now);
        next();
    }

    private void play() {
        if (!held) {
            receiver.playout().next(frame, RtpClock.units(now, codec.clockRate()));
            boolean silent = true;
            for (short sample : frame) {
                silent &= Math.abs(sample) < 8;
            }
            silentMillis += silent ? FRAME_MILLIS : 0;
        }
        now += FRAME_MILLIS * 1_000_000L;
        if (++played % 50 == 0) {
            mos = statistics.measure(false, null, Instant.EPOCH).mos();
        }
    }

    private ByteBuffer voipMetrics() {
        ByteBuffer report = ByteBuffer.allocate(200);
        rtcp.extended().write(report, now, 0, false);
        assertThat(report.get(8)).isEqualTo((byte) 7);
        return report;
    }

    private int listeningQuality() {
        return voipMetrics().get(34);
    }

    private long concealedMillis() {
        return receiver.concealedNanos() / 1_000_000;
    }

    /** A second of a vowel, whose packets can be repeated: they have whole periods. */
    private static List<byte[]> voice(Codec codec) {
        int frame = codec.sampleRate() / 50;
        short[] vowel = new short[frame];
        for (int i = 0; i < frame; i++) {
            double at = 2 * Math.PI * 200 * i / codec.sampleRate();
            vowel[i] = (short) (4000 * (Math.sin(at) + Math.sin(2 * at + 1) + Math.sin(3 * at + 4)));
        }
        Encoder encoder = codec.newEncoder("");
        List<byte[]> packets = new ArrayList<>();
        byte[] payload = new byte[1_500];
        for (int i = 0; i < 50; i++) {
            packets.add(Arrays.copyOf(payload, encoder.encode(vowel, 0, payload, 0, frame)));
        }
        return packets;
    }
}
