// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.ice.stun.StunParseResult.Malformed;
import com.techpro.callclient.stack.ice.stun.StunParseResult.Reason;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StunParserTest {
    private static final TransactionId ID = new TransactionId(1, 2);
    private static final IntegrityKey KEY = IntegrityKey.shortTerm("a password of some length");

    private static Reason refused(byte[] bytes) {
        StunParseResult result = StunParser.parse(ByteBuffer.wrap(bytes));
        assertThat(result).isInstanceOf(Malformed.class);
        return ((Malformed) result).reason();
    }

    private static byte[] changed(int index, int value) {
        byte[] bytes = StunVectorsTest.bytes(StunVectorsTest.REQUEST);
        bytes[index] = (byte) value;
        return bytes;
    }

    @Test
    void each_way_of_being_malformed_has_a_name() {
        assertThat(refused(new byte[19])).isEqualTo(Reason.TOO_SHORT);
        assertThat(refused(changed(0, 0x80))).isEqualTo(Reason.NOT_STUN);
        assertThat(refused(changed(4, 0))).isEqualTo(Reason.NO_MAGIC_COOKIE);
        assertThat(refused(changed(3, 0x54))).isEqualTo(Reason.WRONG_LENGTH);
        assertThat(refused(changed(3, 0x59))).isEqualTo(Reason.WRONG_LENGTH);
        assertThat(refused(changed(1, 2))).isEqualTo(Reason.UNKNOWN_METHOD);
        assertThat(refused(changed(22, 0xFF))).isEqualTo(Reason.TRUNCATED_ATTRIBUTE);
        assertThat(refused(changed(107, 0))).isEqualTo(Reason.BAD_FINGERPRINT);
        StunWriter many = new StunWriter(StunClass.REQUEST, StunMethod.BINDING, ID);
        for (int i = 0; i < 65; i++) {
            many.flag(StunAttribute.USE_CANDIDATE);
        }
        assertThat(refused(many.toBytes())).isEqualTo(Reason.TOO_MANY_ATTRIBUTES);
    }

    @Test
    void every_method_and_class_is_read_as_it_was_written() {
        for (StunMethod method : StunMethod.values()) {
            for (StunClass kind : StunClass.values()) {
                StunMessage read = StunVectorsTest.parsed(new StunWriter(kind, method, ID).fingerprint());
                assertThat(read.method()).isEqualTo(method);
                assertThat(read.kind()).isEqualTo(kind);
                assertThat(read.id()).isEqualTo(ID);
            }
        }
    }

    @Test
    void a_buffer_is_read_between_position_and_limit_and_left_alone() {
        byte[] message = new StunWriter(StunClass.REQUEST, StunMethod.BINDING, ID).fingerprint();
        ByteBuffer lent = ByteBuffer.allocate(message.length + 9);
        lent.put(5, message).position(5).limit(5 + message.length);

        assertThat(StunParser.parse(lent)).isInstanceOf(StunParseResult.Parsed.class);
        assertThat(lent.position()).isEqualTo(5);
    }

    @Test
    void attributes_after_MESSAGE_INTEGRITY_are_ignored() {
        StunMessage message = StunVectorsTest.parsed(new StunWriter(StunClass.REQUEST, StunMethod.BINDING, ID)
                .integrity(KEY)
                .flag(StunAttribute.USE_CANDIDATE)
                .fingerprint());

        assertThat(message.isAuthentic(KEY)).isTrue();
        assertThat(message.has(StunAttribute.USE_CANDIDATE)).isFalse();
    }

    @Test
    void of_two_integrities_the_stronger_is_judged() {
        StunMessage message = StunVectorsTest.parsed(new StunWriter(StunClass.REQUEST, StunMethod.BINDING, ID)
                .integrity(KEY)
                .integritySha256(IntegrityKey.shortTerm("another"))
                .fingerprint());

        assertThat(message.isAuthentic(KEY)).isFalse();
        assertThat(message.isAuthentic(IntegrityKey.shortTerm("another"))).isTrue();
    }

    @Test
    void a_message_without_integrity_is_not_authentic() {
        assertThat(StunVectorsTest.parsed(new StunWriter(StunClass.REQUEST, StunMethod.BINDING, ID).fingerprint())
                        .isAuthentic(KEY))
                .isFalse();
    }

    @Test
    void unknown_comprehension_required_attributes_are_listed() {
        StunMessage message = StunVectorsTest.parsed(new StunWriter(StunClass.REQUEST, StunMethod.BINDING, ID)
                .flag(0x7001)
                .flag(0xF001)
                .flag(StunAttribute.PRIORITY)
                .toBytes());

        assertThat(message.unknownRequired()).containsExactly(0x7001);
        assertThat(message.uint32(StunAttribute.PRIORITY)).isNull();
    }

    @Test
    void an_error_is_read_as_it_was_written() {
        StunMessage message = StunVectorsTest.parsed(new StunWriter(StunClass.ERROR, StunMethod.BINDING, ID)
                .error(487)
                .unknownAttributes(List.of(0x7001, 0x7002))
                .toBytes());

        assertThat(message.error()).isEqualTo(new StunError(StunError.ROLE_CONFLICT));
        assertThat(message.bytes(StunAttribute.UNKNOWN_ATTRIBUTES)).containsExactly(0x70, 1, 0x70, 2);
    }

    @Test
    void damaged_messages_never_throw() {
        Random random = Seeds.random(8489);
        byte[] seed = StunVectorsTest.bytes(StunVectorsTest.REQUEST);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(seed, 1 + random.nextInt(seed.length));
            for (int hits = random.nextInt(4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            if (damaged.length > 20) {
                damaged[3] = (byte) (damaged.length - 20);
            }
            if (StunParser.parse(ByteBuffer.wrap(damaged)) instanceof StunParseResult.Parsed parsed) {
                readAll(parsed.message());
            }
        }
    }

    /** Reads every attribute in every way. */
    static void readAll(StunMessage message) {
        for (int type = 0; type < 0x40; type++) {
            for (int side : new int[] {0, 0x8000}) {
                message.bytes(type + side);
                message.text(type + side);
                message.uint32(type + side);
                message.uint64(type + side);
                message.address(type + side);
                InetSocketAddress address = message.xorAddress(type + side);
                assertThat(address == null || !address.isUnresolved()).isTrue();
            }
        }
        message.error();
        message.unknownRequired();
        message.isAuthentic(KEY);
    }
}
