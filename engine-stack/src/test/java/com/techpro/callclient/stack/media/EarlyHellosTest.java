// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of handshakes before the answer is there, or a check. */
class EarlyHellosTest {
    private final EarlyHellos hellos = new EarlyHellos();
    private final List<Integer> taken = new ArrayList<>();

    private static InetSocketAddress source(int port) {
        return new InetSocketAddress("192.0.2.1", port);
    }

    private static ByteBuffer hello(int length) {
        ByteBuffer whole = ByteBuffer.allocate(length);
        whole.put(StrayRecords.CLIENT_HELLO.datagrams().get(0));
        whole.rewind();
        return whole;
    }

    private void take(int... ports) {
        taken.clear();
        for (int port : ports) {
            hellos.take(source(port)::equals, (datagram, from) -> taken.add(datagram.remaining()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_but_a_hello_is_kept(StrayRecords stray) {
        stray.datagrams()
                .forEach(datagram ->
                        assertThat(hellos.keep(datagram, source(1))).isEqualTo(stray == StrayRecords.CLIENT_HELLO));
    }

    @Test
    void of_one_address_the_latest_four_are_kept() {
        for (int i = 0; i < 300; i++) {
            assertThat(hellos.keep(hello(200 + i), source(1))).isTrue();
        }
        take(1, 1);
        assertThat(taken).containsExactly(496, 497, 498, 499);
    }

    /**
     * Its place in the datagram is that of RFC 6347 §4.3.2: a record's and a fragment's header, and
     * the version.
     */
    private static ByteBuffer helloOf(int handshake, int length) {
        ByteBuffer hello = hello(length);
        hello.put(27, (byte) handshake);
        return hello;
    }

    /**
     * RFC 5763 §3: anybody can forge one before the answer, and what is answered for it is no
     * answer to the other.
     */
    @Test
    void of_several_handshakes_from_one_address_the_latest_is_taken() {
        hellos.keep(helloOf(1, 200), source(1));
        hellos.keep(helloOf(2, 300), source(1));
        hellos.keep(helloOf(2, 301), source(1));
        hellos.keep(helloOf(3, 400), source(2));
        take(1, 2);
        assertThat(taken).containsExactly(300, 301, 400);
    }

    @Test
    void of_many_addresses_the_latest_eight_are_kept() {
        for (int port = 1; port <= 300; port++) {
            hellos.keep(hello(200), source(port));
        }
        take(1, 292);
        assertThat(taken).isEmpty();
        take(293, 300);
        assertThat(taken).hasSize(2);
    }

    @Test
    void longer_than_a_handshakes_datagram_none_is_kept() {
        assertThat(hellos.keep(hello(2_049), source(1))).isFalse();
        assertThat(hellos.keep(hello(2_048), source(1))).isTrue();
    }
}
