// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.ice.stun.IntegrityKey.PasswordAlgorithm;
import com.techpro.callclient.stack.ice.stun.StunParseResult.Malformed;
import com.techpro.callclient.stack.ice.stun.StunParseResult.Parsed;
import com.techpro.callclient.stack.ice.stun.StunParseResult.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The published messages, byte for byte: RFC 5769 §2.1 to §2.4, and RFC 8489 Appendix B.1 as its erratum 6268 has it. */
class StunVectorsTest {
    private static final IntegrityKey ICE_KEY = IntegrityKey.shortTerm("VOkJxbRl1RmTxUk/WvJxBt");
    private static final String MATRIX = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";

    static final String REQUEST = "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
            + "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020"
            + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";
    static final String RESPONSE_4 = "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
            + "002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";
    static final String RESPONSE_6 = "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
            + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed41"
            + "80280004c8fb0b4c";
    static final String LONG_TERM =
            "000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b90000"
                    + "0015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f726700"
                    + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666";
    static final String SHA_256 =
            "000100902112a44278ad3433c6ad72c029da412e001e00204a3cf38fef6992bda952c6780417da0f24819415569e60b2"
                    + "05c46e41407f1704001500296f624d61744a6f733241414143662f2f3439396b39353464364f4c33346f4c39465354767936347341"
                    + "0000000014000b6578616d706c652e6f726700001d000400020000"
                    + "001c0020b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65";

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static StunMessage parsed(byte[] bytes) {
        StunParseResult result = StunParser.parse(ByteBuffer.wrap(bytes));
        assertThat(result).isInstanceOf(Parsed.class);
        return ((Parsed) result).message();
    }

    @Test
    void a_request_of_ICE() {
        StunMessage message = parsed(bytes(REQUEST));

        assertThat(message.kind()).isEqualTo(StunClass.REQUEST);
        assertThat(message.method()).isEqualTo(StunMethod.BINDING);
        assertThat(message.id()).isEqualTo(new TransactionId(0xb7e7a701, 0xbc34d686fa87dfaeL));
        assertThat(message.text(StunAttribute.SOFTWARE)).isEqualTo("STUN test client");
        assertThat(message.text(StunAttribute.USERNAME)).isEqualTo("evtj:h6vY");
        assertThat(message.uint32(StunAttribute.PRIORITY)).isEqualTo(0x6e0001ffL);
        assertThat(message.uint64(StunAttribute.ICE_CONTROLLED)).isEqualTo(0x932ff9b151263b36L);
        assertThat(message.isAuthentic(ICE_KEY)).isTrue();
        assertThat(message.isAuthentic(IntegrityKey.shortTerm("VOkJxbRl1RmTxUk/WvJxBu")))
                .isFalse();
    }

    @Test
    void a_response_with_an_IPv4_address() throws UnknownHostException {
        StunMessage message = parsed(bytes(RESPONSE_4));

        assertThat(message.kind()).isEqualTo(StunClass.SUCCESS);
        assertThat(message.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS))
                .isEqualTo(new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 32853));
        assertThat(message.isAuthentic(ICE_KEY)).isTrue();
    }

    @Test
    void a_response_with_an_IPv6_address() throws UnknownHostException {
        StunMessage message = parsed(bytes(RESPONSE_6));

        assertThat(message.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS))
                .isEqualTo(new InetSocketAddress(InetAddress.getByName("2001:db8:1234:5678:11:2233:4455:6677"), 32853));
        assertThat(message.isAuthentic(ICE_KEY)).isTrue();
    }

    @Test
    void a_request_with_long_term_credentials_is_read_and_written() {
        byte[] vector = bytes(LONG_TERM);
        StunMessage message = parsed(vector);
        IntegrityKey key = IntegrityKey.longTerm(MATRIX, "example.org", Secret.of("TheMatrIX"), PasswordAlgorithm.MD5);

        assertThat(message.isAuthentic(key)).isTrue();
        assertThat(new StunWriter(StunClass.REQUEST, StunMethod.BINDING, message.id())
                        .text(StunAttribute.USERNAME, MATRIX)
                        .text(StunAttribute.NONCE, "f//499k954d6OL34oL9FSTvy64sA")
                        .text(StunAttribute.REALM, "example.org")
                        .integrity(key)
                        .toBytes())
                .isEqualTo(vector);
    }

    @Test
    void a_request_with_a_hashed_name_and_SHA_256_is_read_and_written() {
        byte[] vector = bytes(SHA_256);
        StunMessage message = parsed(vector);
        IntegrityKey key =
                IntegrityKey.longTerm(MATRIX, "example.org", Secret.of("TheMatrIX"), PasswordAlgorithm.SHA_256);

        assertThat(message.isAuthentic(key)).isTrue();
        assertThat(new StunWriter(StunClass.REQUEST, StunMethod.BINDING, message.id())
                        .bytes(StunAttribute.USERHASH, IntegrityKey.userHash(MATRIX, "example.org"))
                        .text(StunAttribute.NONCE, "obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA")
                        .text(StunAttribute.REALM, "example.org")
                        .uint32(StunAttribute.PASSWORD_ALGORITHM, 0x20000)
                        .integritySha256(key)
                        .toBytes())
                .isEqualTo(vector);
    }

    /** The vectors pad with blanks; the padding is any bytes (RFC 8489 §14), and ours is zero. */
    @Test
    void a_response_is_written_as_published_but_for_its_padding() throws UnknownHostException {
        byte[] written = new StunWriter(
                        StunClass.SUCCESS, StunMethod.BINDING, new TransactionId(0xb7e7a701, 0xbc34d686fa87dfaeL))
                .text(StunAttribute.SOFTWARE, "test vector ")
                .xorAddress(
                        StunAttribute.XOR_MAPPED_ADDRESS,
                        new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 32853))
                .integrity(ICE_KEY)
                .fingerprint();
        byte[] vector = bytes(RESPONSE_4);

        assertThat(written).hasSameSizeAs(vector);
        written[23] = 11;
        assertThat(Arrays.copyOf(written, 48)).isEqualTo(Arrays.copyOf(vector, 48));
        assertThat(parsed(new StunWriter(StunClass.SUCCESS, StunMethod.BINDING, new TransactionId(1, 2))
                                .integrity(ICE_KEY)
                                .fingerprint())
                        .isAuthentic(ICE_KEY))
                .isTrue();
    }

    @Test
    void each_byte_of_a_message_is_vouched_for() {
        byte[] vector = bytes(REQUEST);
        // Without its own name the checksum is another attribute, which does not count behind the integrity.
        for (int i = 0; i < vector.length - 8; i++) {
            byte[] damaged = vector.clone();
            damaged[i] ^= 1;
            StunParseResult result = StunParser.parse(ByteBuffer.wrap(damaged));
            assertThat(result).as("byte " + i).isInstanceOf(Malformed.class);
        }
        byte[] damaged = vector.clone();
        damaged[vector.length - 1] ^= 1;
        assertThat(StunParser.parse(ByteBuffer.wrap(damaged))).isEqualTo(new Malformed(Reason.BAD_FINGERPRINT));
    }
}
