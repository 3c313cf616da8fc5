// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A phone system moves a call to a phone with other ciphers, and back. */
class ReturnedKeyTest {
    private static final double TONE = 500;

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void a_key_that_returns_is_used_under_another_SSRC(SrtpSuite suite) {
        try (var call = new TestCall(37)) {
            SrtpKeys first = SrtpKeys.generate(suite, call.time.random("first"));
            SrtpKeys second = SrtpKeys.generate(suite, call.time.random("second"));
            SrtpKeys bobs = SrtpKeys.generate(suite, call.time.random("bob's"));
            call.alice.speak(TONE);
            agree(call, first, bobs);
            int before = ssrc(call);
            agree(call, second, bobs);
            assertThat(ssrc(call)).as("another key").isEqualTo(before);

            agree(call, first, bobs);

            assertThat(ssrc(call)).as("the key that returned").isNotEqualTo(before);
            assertThat(call.bob.heard(Duration.ofMillis(500)).loudness()).isGreaterThan(1_000);
        }
    }

    private static void agree(TestCall call, SrtpKeys alices, SrtpKeys bobs) {
        call.alice.configure(TestCall.parameters(call.bob, alices, bobs));
        call.bob.configure(TestCall.parameters(call.alice, bobs, alices));
        call.run(Duration.ofSeconds(2));
    }

    /** Of the last RTP packet that Alice sent: its header is never encrypted. */
    private static int ssrc(TestCall call) {
        List<byte[]> sent = call.sentTo(call.bob).stream()
                .filter(packet -> packet.length > 100)
                .toList();
        return ByteBuffer.wrap(sent.get(sent.size() - 1)).getInt(8);
    }
}
