// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A move where reports have a port of their own: the other half of {@link MediaTransportTest}. */
class MovedReportsTest {
    private static final SrtpSuite SUITE = SrtpSuite.AEAD_AES_128_GCM;

    private static MediaParameters parameters(TestCall.Party other, SrtpKeys local, SrtpKeys remote) {
        PayloadFormat codec = PayloadFormat.ofStatic(G711.ULAW);
        return new MediaParameters(
                other.session.localRtp(),
                other.session.localRtcp(),
                codec,
                TestCall.EVENTS,
                MediaDirection.SENDRECV,
                local,
                remote);
    }

    private static void connect(TestCall call) {
        SrtpKeys alices = SrtpKeys.generate(SUITE, call.time.random("alice keys"));
        SrtpKeys bobs = SrtpKeys.generate(SUITE, call.time.random("bob keys"));
        call.alice.configure(parameters(call.bob, alices, bobs));
        call.bob.configure(parameters(call.alice, bobs, alices));
        call.alice.speak(440);
        call.bob.speak(880);
        call.run(Duration.ofSeconds(12));
    }

    private static long sent(TestCall call, InetSocketAddress from, InetSocketAddress to) {
        return call.network.trace().packets().stream()
                .filter(packet -> packet.from().equals(from) && packet.to().equals(to))
                .count();
    }

    @Test
    void after_a_move_reports_leave_by_the_new_port_and_are_awaited_there() throws IOException {
        try (TestCall call = new TestCall(61)) {
            connect(call);
            InetSocketAddress before = call.alice.session.localRtcp();
            InetSocketAddress bobs = call.bob.session.localRtcp();
            assertThat(sent(call, before, bobs)).isPositive();

            call.alice.session.moveTo(InetAddress.getByName(TestCall.ALICE));
            call.run(Duration.ofMillis(20));
            InetSocketAddress after = call.alice.session.localRtcp();
            assertThat(after).isNotEqualTo(before);
            call.network.trace().clear();
            call.run(Duration.ofSeconds(20));

            assertThat(sent(call, before, bobs)).as("from the port of before").isZero();
            assertThat(sent(call, after, bobs)).isPositive();
            assertThat(sent(call, bobs, after)).as("where they come from").isPositive();
        }
    }

    /** RFC 4961: a NAT gives reports an address of their own as well. */
    @Test
    void reports_from_behind_a_NAT_are_answered_where_they_come_from() {
        try (TestCall call = new TestCall(62, true)) {
            connect(call);
            InetSocketAddress bobs = call.bob.session.localRtcp();
            InetSocketAddress mapped = call.network.trace().packets().stream()
                    .filter(packet -> packet.to().equals(bobs))
                    .map(packet -> packet.from())
                    .filter(from -> from.getHostString().equals(TestCall.NAT))
                    .findFirst()
                    .orElseThrow();
            call.run(Duration.ofSeconds(12));
            assertThat(sent(call, bobs, mapped)).isPositive();
        }
    }
}
