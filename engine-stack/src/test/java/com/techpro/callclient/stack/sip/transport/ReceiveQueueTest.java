// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What finds room while the loop has other things to do, and who is served first. */
class ReceiveQueueTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final ReceiveQueue queue = new ReceiveQueue(new EngineLoop(time.openLoop("engine")), 4_096);
    private final List<String> served = new ArrayList<>();

    private static byte[] message(String method, int size) {
        byte[] message = new byte[size];
        Arrays.fill(message, (byte) 'x');
        byte[] line = (method + " sip:alice@192.0.2.1 SIP/2.0\r\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(line, 0, message, 0, line.length);
        return message;
    }

    private boolean add(String method, int size) {
        return queue.addInitial(message(method, size), refuse -> served.add(method));
    }

    @Test
    void texts_fill_eight_megabytes_and_leave_room_for_calls() {
        int texts = 0;
        while (add("MESSAGE", 8_192)) {
            texts++;
        }

        assertThat(texts).isEqualTo(1_024);
        assertThat(add("INVITE", 8_192)).isTrue();
        assertThat(queue.add(8_192, () -> served.add("BYE"))).isTrue();
        time.settle();
        assertThat(served).hasSize(1_026);
        assertThat(add("MESSAGE", 8_192)).as("once they were served").isTrue();
    }

    @Test
    void each_kind_has_so_many_and_no_more() {
        for (int i = 0; i < 4_096; i++) {
            assertThat(add("MESSAGE", 100)).isTrue();
        }

        assertThat(add("MESSAGE", 100)).isFalse();
        assertThat(add("INVITE", 100)).isTrue();
        assertThat(queue.load().waiting()).isEqualTo(4_097);
    }

    @Test
    void requests_within_calls_are_served_first_and_texts_and_calls_alternate() {
        add("MESSAGE", 100);
        add("MESSAGE", 100);
        add("MESSAGE", 100);
        add("INVITE", 100);
        add("OPTIONS", 100);
        queue.add(100, () -> served.add("BYE"));

        time.settle();

        assertThat(served).containsExactly("BYE", "INVITE", "MESSAGE", "OPTIONS", "MESSAGE", "MESSAGE");
    }
}
