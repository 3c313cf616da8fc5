// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.ice.stun.Retransmission;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import com.techpro.callclient.stack.ice.stun.TransactionId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Asks one STUN server for the public address of one socket (RFC 8445 §5.1.1.2), and keeps the NAT
 * mapping (§11). It has no clock.
 */
final class ServerReflexiveQuery {
    static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    final int component;
    final InetSocketAddress base;
    final InetSocketAddress server;
    final int preference;
    final long begun;
    private final TransactionId id;
    private final Random random;
    private Retransmission sending = Retransmission.overUdp(Retransmission.DEFAULT_RTO);
    private long due;
    private State state = State.ASKING;

    ServerReflexiveQuery(
            int component, InetSocketAddress base, InetSocketAddress server, int preference, long now, Random random) {
        this.component = component;
        this.base = base;
        this.server = server;
        this.preference = preference;
        this.begun = now;
        this.random = random;
        this.id = TransactionId.random(random);
        this.due = now + sending.pause().toNanos();
    }

    private enum State {
        ASKING,
        ANSWERED,
        FAILED
    }

    byte[] request() {
        return new StunWriter(StunClass.REQUEST, StunMethod.BINDING, id).fingerprint();
    }

    boolean isAsking() {
        return state == State.ASKING;
    }

    /** Returns whether the message is the server's answer. */
    boolean isAnswer(InetSocketAddress to, InetSocketAddress from, StunMessage message) {
        return message.kind().isResponse() && message.id().equals(id) && to.equals(base) && from.equals(server);
    }

    /** Returns the address that the server sees, or null if it does not say. */
    @Nullable
    InetSocketAddress answered(StunMessage message, long now) {
        if (state != State.ASKING) {
            return null;
        }
        InetSocketAddress mapped = message.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS);
        if (message.kind() != StunClass.SUCCESS || mapped == null) {
            state = State.FAILED;
            return null;
        }
        state = State.ANSWERED;
        due = now + KEEP_ALIVE.toNanos();
        return mapped;
    }

    /** Returns the packet that is due, or null. */
    byte @Nullable [] due(long now) {
        if (state == State.FAILED || due - now > 0) {
            return null;
        }
        if (state == State.ANSWERED) {
            due = now + KEEP_ALIVE.toNanos();
            return new StunWriter(StunClass.INDICATION, StunMethod.BINDING, TransactionId.random(random)).fingerprint();
        }
        if (!sending.sendsAgain()) {
            state = State.FAILED;
            return null;
        }
        sending = sending.next();
        due = now + sending.pause().toNanos();
        return request();
    }

    @Nullable
    Duration untilWake(long now) {
        return state == State.FAILED ? null : Duration.ofNanos(Math.max(0, due - now));
    }
}
