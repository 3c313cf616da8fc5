// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is played as silence, and what the figures say of it. The far end sends one loud value, so that each silent
 * frame is seen without a decoder's help.
 */
class StallTest {
    private static final InetSocketAddress FAR = new InetSocketAddress("192.0.2.1", 4000);
    private static final int FRAME = 160;
    private static final int FRAME_MILLIS = 20;

    private final SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, Seeds.random(1));
    private final MediaParameters parameters =
            new MediaParameters(FAR, null, PayloadFormat.ofStatic(G711.ULAW), 101, MediaDirection.SENDRECV, keys, keys);
    private final AudioReceiver receiver =
            new AudioReceiver(new DropCounters(), PayloadFormat.ofStatic(G711.ULAW), (digit, length) -> {});
    private final RtpPacket view = new RtpPacket();
    private final short[] frame = new short[FRAME];
    private int sequence = 65_500;
    private int timestamp = -20 * FRAME;
    private long now;
    private int silentMillis;

    StallTest() {
        receiver.expects(true);
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
            timestamp += FRAME;
            play();
        }
    }

    private void talk(int packets) {
        for (int i = 0; i < packets; i++) {
            packet();
            play();
        }
    }

    private void next() {
        sequence++;
        timestamp += FRAME;
    }

    private void packet() {
        ByteBuffer packet = ByteBuffer.allocate(12 + FRAME);
        packet.put((byte) 0x80)
                .put((byte) 0)
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(0x12345678);
        byte[] loud = new byte[FRAME];
        Arrays.fill(loud, (byte) 0x90);
        packet.put(loud).flip();
        assertThat(view.wrap(packet)).isTrue();
        receiver.received(parameters, view, packet, FAR, now);
        next();
    }

    private void play() {
        receiver.playout().next(frame, (int) (now / 125_000));
        now += FRAME_MILLIS * 1_000_000L;
        boolean silent = true;
        for (short sample : frame) {
            silent &= Math.abs(sample) < 8;
        }
        silentMillis += silent ? FRAME_MILLIS : 0;
    }

    private long concealedMillis() {
        return receiver.concealedNanos() / 1_000_000;
    }
}
