// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that came by the signalling, when they are agreed again: where both or one of the two stay, so does what they were used for. */
class ProtectionTest {
    private static final int SSRC = 0x1234_5678;

    private final VirtualTime time = VirtualTime.seeded(1);
    private final Protection protection = new Protection(
            new DtlsHandshakes(time.workers(), time.random("handshakes")),
            time.openLoop("media"),
            List.of(from -> DtlsAssociation.Source.EXPECTED, from -> DtlsAssociation.Source.EXPECTED),
            outcome -> {},
            new DropCounters());

    @AfterEach
    void close() {
        protection.close();
        time.close();
    }

    private SrtpKeys keys(SrtpSuite suite, String whose) {
        return SrtpKeys.generate(suite, time.random(whose));
    }

    private static ByteBuffer packet(int sequence) {
        ByteBuffer packet = ByteBuffer.allocate(172 + SrtpContext.MAX_TRAILER);
        packet.put((byte) 0x80)
                .put((byte) 0)
                .putShort((short) sequence)
                .putInt(160 * sequence)
                .putInt(SSRC);
        packet.position(172);
        packet.flip();
        return packet;
    }

    private byte[] sent(int sequence) {
        ByteBuffer packet = packet(sequence);
        assertThat(protection.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        return octets(packet);
    }

    private static byte[] octets(ByteBuffer packet) {
        byte[] octets = new byte[packet.remaining()];
        packet.duplicate().get(octets);
        return octets;
    }

    /** RFC 3711 §9.1: the same number under the same key and another counter is another keystream; under the same counter it is the one that was used. */
    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void a_key_that_stays_goes_on_in_its_round_though_the_other_sides_changes(SrtpSuite suite) {
        SrtpKeys local = keys(suite, "local");
        SrtpContext farEnd = new SrtpContext(local);
        protection.agree(new Keying.Sdes(local, keys(suite, "remote")), true);
        byte[] first = sent(3);
        for (byte[] octets : new byte[][] {first, sent(0x7000), sent(0xE000), sent(0xFFFF), sent(1), sent(2)}) {
            assertThat(farEnd.unprotectRtp(ByteBuffer.wrap(octets))).isEqualTo(SrtpStatus.OK);
        }

        protection.agree(new Keying.Sdes(local, keys(suite, "another remote")), true);

        byte[] again = sent(3);
        assertThat(Arrays.equals(again, first))
                .as("the keystream of the first round")
                .isFalse();
        assertThat(farEnd.unprotectRtp(ByteBuffer.wrap(again))).isEqualTo(SrtpStatus.OK);
    }

    /** RFC 3711 §9.1: a new context begins to count anew, so the SSRC must be another. */
    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void a_key_that_returns_is_told_each_time(SrtpSuite suite) {
        SrtpKeys one = keys(suite, "one");
        SrtpKeys other = keys(suite, "other");
        SrtpKeys remote = keys(suite, "remote");
        assertThat(returns(one, remote)).isFalse();
        assertThat(returns(one, keys(suite, "another remote"))).isFalse();
        assertThat(returns(other, remote)).isFalse();

        assertThat(returns(one, remote)).isTrue();
        assertThat(returns(one, keys(suite, "another remote"))).isFalse();
        assertThat(protection.agree(new Keying.Clear(), true)).isFalse();
        assertThat(returns(other, remote)).isTrue();
    }

    private boolean returns(SrtpKeys local, SrtpKeys remote) {
        return protection.agree(new Keying.Sdes(local, remote), true);
    }

    /** The other half: a packet that was heard is not heard again because our own key was changed. */
    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void a_replay_is_detected_also_after_our_own_key_has_changed(SrtpSuite suite) {
        SrtpKeys remote = keys(suite, "remote");
        SrtpContext farEnd = new SrtpContext(remote);
        protection.agree(new Keying.Sdes(keys(suite, "local"), remote), true);
        ByteBuffer packet = packet(7);
        assertThat(farEnd.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        byte[] octets = octets(packet);
        assertThat(protection.unprotectRtp(ByteBuffer.wrap(octets.clone()))).isEqualTo(SrtpStatus.OK);
        assertThat(protection.unprotectRtp(ByteBuffer.wrap(octets.clone()))).isEqualTo(SrtpStatus.REPLAYED);

        protection.agree(new Keying.Sdes(keys(suite, "another local"), remote), true);

        assertThat(protection.unprotectRtp(ByteBuffer.wrap(octets.clone()))).isEqualTo(SrtpStatus.REPLAYED);
    }
}
