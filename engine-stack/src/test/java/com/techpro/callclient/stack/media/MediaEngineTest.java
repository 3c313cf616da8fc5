// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loops come and go with their sessions; a simulated host counts what is open. */
class MediaEngineTest {
    private static final String HERE = "192.0.2.1";
    private static final int A_POLLER = 1;

    private final VirtualTime time = VirtualTime.seeded(7);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 7);
    private final MediaEngine media =
            new MediaEngine(time, network.host(HERE), time.random("media"), 1, (thread, failure) -> {
                throw new AssertionError(failure);
            });

    @AfterEach
    void close() {
        media.close();
        time.settle();
        assertThat(network.host(HERE).openLinks()).isZero();
    }

    @Test
    void a_session_has_an_even_port_and_the_next_and_gives_them_back_at_once() throws IOException {
        MediaSession session = open();
        assertThat(session.localRtp().getPort() % 2).isZero();
        assertThat(session.localRtcp().getPort()).isEqualTo(session.localRtp().getPort() + 1);
        session.close();
        time.settle();

        InetSocketAddress again = session.localRtp();
        network.host(HERE).openDatagram(again, (packet, from) -> {}).close();
        assertThat(media.openSessions()).isZero();
    }

    @Test
    void a_loop_waits_a_little_for_the_next_session_and_then_goes() throws IOException {
        open().close();
        time.advance(MediaEngine.LINGER.dividedBy(2));
        open().close();
        time.advance(MediaEngine.LINGER.dividedBy(2).plus(Duration.ofMillis(1)));
        assertThat(network.host(HERE).openLinks())
                .as("the second session began anew")
                .isEqualTo(A_POLLER);

        time.advance(MediaEngine.LINGER);
        assertThat(network.host(HERE).openLinks()).isZero();
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void a_session_that_opens_meanwhile_keeps_its_loop() throws IOException {
        open().close();
        MediaSession second = open();
        time.advance(MediaEngine.LINGER.multipliedBy(3));
        assertThat(network.host(HERE).openLinks()).isEqualTo(A_POLLER + 2);
        second.close();
    }

    private MediaSession open() throws IOException {
        MediaSession session = media.open(InetAddress.getByName(HERE), new MediaListener() {
            @Override
            public void dtmf(char digit, Duration length) {}

            @Override
            public void remoteLatched(InetSocketAddress from) {}

            @Override
            public void rtpTimeout(Duration silence) {}

            @Override
            public void resumed() {}

            @Override
            public void failed(Reason reason) {}
        });
        time.settle();
        return session;
    }
}
