// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import com.techpro.callclient.engine.internal.ice.stun.Retransmission;
import com.techpro.callclient.engine.internal.ice.stun.StunAttribute;
import com.techpro.callclient.engine.internal.ice.stun.StunClass;
import com.techpro.callclient.engine.internal.ice.stun.StunMessage;
import com.techpro.callclient.engine.internal.ice.stun.StunMethod;
import com.techpro.callclient.engine.internal.ice.stun.StunParseResult;
import com.techpro.callclient.engine.internal.ice.stun.StunParser;
import com.techpro.callclient.engine.internal.ice.stun.StunWriter;
import com.techpro.callclient.engine.internal.ice.stun.TransactionId;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.ports.time.Timer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keep-alives over UDP that are answered (RFC 5626 §4.4.2): binding requests of STUN, on the flow itself. The answer tells from where the server sees this
 * flow. Once that is another address or port, a NAT on the way has forgotten the flow, and what the server sends to where it was goes nowhere: the flow has failed, as
 * it has when the server no longer answers. One that never answered any request is left in peace, whatever it promised. On the loop.
 */
final class StunKeepAlive {
    private final EngineLoop loop;
    private final Random random;
    private final Consumer<byte[]> send;
    private final Runnable failed;
    private @Nullable InetSocketAddress seenAs;
    private boolean answers;
    private boolean silent;
    private @Nullable TransactionId asked;
    private @Nullable Timer timer;

    /** @param failed run once at most */
    StunKeepAlive(EngineLoop loop, Random random, Consumer<byte[]> send, Runnable failed) {
        this.loop = loop;
        this.random = random;
        this.send = send;
        this.failed = failed;
    }

    /**
     * Sends a request, unless one is under way.
     *
     * @return false if the server has never answered one, and will be asked no more
     */
    boolean ask() {
        if (silent) {
            return false;
        }
        if (asked == null) {
            TransactionId id = TransactionId.random(random);
            asked = id;
            send(
                    new StunWriter(StunClass.REQUEST, StunMethod.BINDING, id).fingerprint(),
                    Retransmission.overUdp(Retransmission.DEFAULT_RTO));
        }
        return true;
    }

    private void send(byte[] request, Retransmission sent) {
        timer = loop.schedule(sent.pause(), () -> {
            if (sent.sendsAgain()) {
                send(request, sent.next());
            } else {
                unanswered();
            }
        });
        send.accept(request);
    }

    private void unanswered() {
        asked = null;
        silent = !answers;
        if (answers) {
            fail();
        }
    }

    /** @return whether it was a packet of STUN, and no message of SIP */
    boolean received(byte[] packet) {
        if (!(StunParser.parse(ByteBuffer.wrap(packet)) instanceof StunParseResult.Parsed parsed)) {
            return false;
        }
        StunMessage response = parsed.message();
        if (response.kind().isResponse() && response.id().equals(asked)) {
            close();
            asked = null;
            answers = true;
            compare(response);
        }
        return true;
    }

    /** A server that knows no better than to refuse is there all the same. */
    private void compare(StunMessage response) {
        InetSocketAddress seen = response.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS);
        if (seen == null) {
            seen = response.address(StunAttribute.MAPPED_ADDRESS);
        }
        if (seen == null) {
            return;
        }
        if (seenAs != null && !seenAs.equals(seen)) {
            fail();
        }
        seenAs = seen;
    }

    private void fail() {
        close();
        failed.run();
    }

    void close() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
