// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.ice.stun.Retransmission;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import com.techpro.callclient.stack.ice.stun.StunParseResult;
import com.techpro.callclient.stack.ice.stun.StunParser;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import com.techpro.callclient.stack.ice.stun.TransactionId;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * UDP keep-alives with answers (RFC 5626 §4.4.2): STUN Binding requests on the flow itself. The
 * answer tells the address from which the server sees this flow. If that changes, a NAT has
 * forgotten the flow, and what the server sends to the former address is lost. The flow has then
 * failed, as it has when the server stops answering. A server that never answered a request is not
 * asked again, whatever it promised. Belongs to the loop.
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

    /**
     * @param failed run at most once
     */
    StunKeepAlive(EngineLoop loop, Random random, Consumer<byte[]> send, Runnable failed) {
        this.loop = loop;
        this.random = random;
        this.send = send;
        this.failed = failed;
    }

    /**
     * Sends a request, unless one is pending.
     *
     * @return false if the server has never answered one, and will not be asked again
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

    /**
     * @return whether it was a STUN packet, and not a SIP message
     */
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

    /** A server that only answers with an error is alive all the same. */
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
