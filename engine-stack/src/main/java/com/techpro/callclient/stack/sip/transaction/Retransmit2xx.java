// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.time.Duration;
import java.util.Comparator;

/**
 * Repeats a 2xx to an INVITE until its ACK arrives or 64*T1 has passed. It does so over every
 * transport, because a proxy on the path may use another (RFC 3261 §13.3.1.4).
 */
final class Retransmit2xx {
    /** Identifies the ACK, which comes in a transaction of its own. */
    record Key(String callId, long cseq, String localTag) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::callId).thenComparing(Key::cseq).thenComparing(Key::localTag);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final EngineLoop loop;
    private final Timers timers;
    private final MessageSender wire;
    private final SipResponse success;
    private final Runnable givenUp;
    private Duration interval;
    private Duration waited = Duration.ZERO;
    private Timer timer;

    Retransmit2xx(EngineLoop loop, Timers timers, MessageSender wire, SipResponse success, Runnable givenUp) {
        this.loop = loop;
        this.timers = timers;
        this.wire = wire;
        this.success = success;
        this.givenUp = givenUp;
        this.interval = timers.t1();
        this.timer = loop.schedule(interval, this::due);
    }

    private void due() {
        waited = waited.plus(interval);
        if (waited.compareTo(timers.h()) >= 0) {
            givenUp.run();
            return;
        }
        wire.send(success);
        interval = timers.doubled(interval);
        Duration left = timers.h().minus(waited);
        timer = loop.schedule(interval.compareTo(left) < 0 ? interval : left, this::due);
    }

    void stop() {
        timer.cancel();
    }
}
