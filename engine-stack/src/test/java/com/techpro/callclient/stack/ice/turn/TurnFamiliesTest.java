// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.ice.stun.LongTermAuthentication;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import com.techpro.callclient.stack.ice.stun.TransactionId;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8656 §7.1: of which family the relayed address is to be, octet for octet. */
class TurnFamiliesTest {
    private static final String UDP = "00190004" + "11000000";
    private static final String IPV6 = "00170004" + "02000000";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_address_of_the_wanted_family_is_asked_for_and_so_again_after_the_challenge(boolean ipv6) {
        TurnClient client =
                new TurnClient(new LongTermAuthentication("alice", Secret.of("secret")), ipv6, false, Seeds.random(6));
        byte[] first = packet(client.start(0));
        byte[] challenge = new StunWriter(StunClass.ERROR, StunMethod.ALLOCATE, id(first))
                .error(401)
                .text(StunAttribute.REALM, "turn.test")
                .text(StunAttribute.NONCE, "nonce")
                .toBytes();
        byte[] again = packet(client.received(ByteBuffer.wrap(challenge), 0));

        for (byte[] request : List.of(first, again)) {
            assertThat(hex(request)).startsWith("0003").contains(UDP);
            assertThat(hex(request).contains(IPV6)).isEqualTo(ipv6);
        }
    }

    /** RFC 8489 §14.2: the mask of an IPv6 address goes on into the transaction ID. */
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8:1234:5678:11:2233:4455:6677"})
    void an_address_is_written_as_RFC_5769_has_it(String address) {
        // The transaction of the vectors of RFC 5769 §2.2 and §2.3.
        TransactionId id = new TransactionId(0xb7e7a701, 0xbc34d686fa87dfaeL);
        byte[] written = new StunWriter(StunClass.SUCCESS, StunMethod.BINDING, id)
                .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, new InetSocketAddress(address, 32853))
                .toBytes();

        assertThat(hex(written))
                .endsWith(
                        address.contains(":")
                                ? "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
                                : "002000080001a147e112a643");
    }

    private static byte[] packet(List<TurnEffect> effects) {
        return ((TurnEffect.Send) effects.get(0)).packet();
    }

    private static TransactionId id(byte[] packet) {
        ByteBuffer read = ByteBuffer.wrap(packet);
        return new TransactionId(read.getInt(8), read.getLong(12));
    }

    private static String hex(byte[] packet) {
        return HexFormat.of().formatHex(packet);
    }
}
