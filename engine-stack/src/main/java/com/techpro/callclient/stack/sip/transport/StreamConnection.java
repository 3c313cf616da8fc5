// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.net.DestinationRefusedException;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.sip.message.MessageKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection, over TCP or TLS, and the flow that it becomes. Belongs to the loop, except for
 * the {@link StreamHandler} methods, which copy their input and pass it to the loop.
 *
 * <pre>
 * CONNECTING --TCP connected--> SECURING (where encrypted) --verified--> OPENING --messages may be sent--> OPEN
 * OPENING lasts for a WebSocket's handshake, and no time at all without one
 * OPEN --either side, fault, no pong, no answer--> CLOSED
 * CONNECTING, SECURING, OPENING --fault, too late--> CLOSED
 * </pre>
 */
final class StreamConnection implements StreamHandler, MessageFraming.Events, TlsStream.Events, FlowTransport {
    private enum State {
        CONNECTING,
        SECURING,
        OPENING,
        OPEN,
        CLOSED
    }

    private final StreamFlows owner;
    private final SipTransport transport;
    private final @Nullable TlsStream tls;
    private final MessageFraming framing;
    private final ReceiveQueue queue;
    private State state = State.CONNECTING;
    private @Nullable StreamLink link;
    private @Nullable Flow flow;
    private @Nullable Timer deadline;
    private @Nullable Timer pongDeadline;
    private @Nullable Timer messageDeadline;
    private boolean heard;
    private List<String> peerNames = List.of();

    /**
     * A connection of either side.
     *
     * @param tls makes the TLS layer around it; null for an unencrypted connection
     * @param framing makes the framing that finds its messages
     */
    StreamConnection(
            StreamFlows owner,
            SipTransport transport,
            @Nullable Function<StreamConnection, TlsStream> tls,
            Function<StreamConnection, MessageFraming> framing) {
        this.owner = owner;
        this.transport = transport;
        this.queue = owner.queue();
        this.tls = tls == null ? null : tls.apply(this);
        this.framing = framing.apply(this);
    }

    /** Starts waiting for the connection. */
    void opening(StreamLink opened) {
        link = opened;
        deadline = owner.loop().schedule(owner.limits().connect(), () -> end(timedOut()));
    }

    /** The connection attempt failed, and no event will follow. */
    void couldNotOpen() {
        end(new Failure.Unreachable());
    }

    private Failure timedOut() {
        return new Failure.TimedOut(state == State.SECURING ? Failure.Waited.TLS : Failure.Waited.CONNECTION);
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Call it only once the connection is open. */
    @Nullable
    Flow flow() {
        return flow;
    }

    // Called on the network's threads.

    @Override
    public void connected(StreamLink opened) {
        queue.add(() -> onConnected(opened));
    }

    @Override
    public void received(StreamLink from, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        if (!queue.add(copy.length, () -> onReceived(ByteBuffer.wrap(copy)))) {
            from.close();
        }
    }

    @Override
    public void closed(StreamLink from, @Nullable IOException cause) {
        queue.add(() -> onLinkClosed(cause));
    }

    // Called on the loop.

    private void onConnected(StreamLink opened) {
        if (state != State.CONNECTING) {
            return;
        }
        link = opened;
        cancelDeadline();
        if (tls == null) {
            opening(List.of());
        } else {
            state = State.SECURING;
            deadline = owner.loop().schedule(owner.limits().handshake(), () -> end(timedOut()));
            tls.start();
        }
    }

    private void opening(List<String> names) {
        cancelDeadline();
        peerNames = names;
        state = State.OPENING;
        framing.start();
        if (state == State.OPENING) {
            deadline = owner.loop().schedule(owner.limits().handshake(), () -> end(timedOut()));
        }
    }

    private void onReceived(ByteBuffer bytes) {
        if (tls != null) {
            tls.received(bytes);
        } else {
            plaintext(bytes);
        }
    }

    private void onLinkClosed(@Nullable IOException cause) {
        if (cause instanceof DestinationRefusedException) {
            end(new Failure.DestinationRefused());
        } else if (state == State.SECURING) {
            end(new Failure.TlsFailed(TlsProblem.PROTOCOL));
        } else if (state == State.CONNECTING || state == State.OPENING || cause != null) {
            end(new Failure.Unreachable());
        } else {
            end(null);
        }
    }

    /** The only transition to CLOSED, from every state. */
    private void end(@Nullable Failure why) {
        if (state == State.CLOSED) {
            return;
        }
        framing.close(why);
        state = State.CLOSED;
        cancelDeadline();
        cancelPongDeadline();
        cancelMessageDeadline();
        if (tls != null) {
            tls.close();
        }
        if (link != null) {
            link.close();
        }
        owner.ended(this, flow, why);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    private void cancelPongDeadline() {
        if (pongDeadline != null) {
            pongDeadline.cancel();
            pongDeadline = null;
        }
    }

    private void cancelMessageDeadline() {
        if (messageDeadline != null) {
            messageDeadline.cancel();
            messageDeadline = null;
        }
    }

    /** Closes it because this side shuts down. */
    void leave() {
        framing.leave();
        end(null);
    }

    /** Closes it from our side, in order. */
    void close() {
        end(null);
    }

    // Called by TLS.

    @Override
    public void opened(@Nullable X509Certificate peer) {
        opening(peer == null ? List.of() : CertificateNames.of(peer));
    }

    @Override
    public void plaintext(ByteBuffer bytes) {
        if (state != State.OPENING && state != State.OPEN) {
            return;
        }
        heard |= state == State.OPEN;
        cancelPongDeadline();
        framing.received(bytes);
        if (!framing.isWithinMessage()) {
            cancelMessageDeadline();
        } else if (messageDeadline == null && state == State.OPEN) {
            // Counts from the first byte, not from the last: a trickle of bytes does not extend it.
            messageDeadline = owner.loop().schedule(owner.limits().message(), () -> {
                owner.unfinishedMessage();
                end(new Failure.ProtocolViolation("unfinished message"));
            });
        }
    }

    @Override
    public void ended() {
        end(null);
    }

    @Override
    public void failed(TlsProblem problem) {
        end(new Failure.TlsFailed(problem));
    }

    // Called by the framing. If it closes within received bytes, the rest of them is ignored.

    @Override
    public void ready() {
        StreamLink opened = link;
        if (opened == null) {
            throw new IllegalStateException("a connection opens after its link");
        }
        cancelDeadline();
        state = State.OPEN;
        flow = owner.flow(transport, opened, peerNames, this);
        owner.opened(this, flow);
    }

    @Override
    public void message(byte[] buffer, int offset, int length) {
        cancelMessageDeadline();
        Flow open = flow;
        if (state != State.OPEN || open == null) {
            return;
        }
        switch (MessageKind.of(buffer, offset, length)) {
            case ACK_OF_REFUSAL -> owner.receiver().absorb(buffer, offset, length, open);
            case OTHER -> receive(buffer, offset, length, open);
            case INITIAL_REQUEST -> {
                byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
                if (!queue.addInitial(copy, refuse -> initial(copy, open, refuse))) {
                    initial(copy, open, true);
                }
            }
        }
    }

    /**
     * @return whether processing it took as long as a message
     */
    private boolean initial(byte[] request, Flow on, boolean refuse) {
        if (state != State.OPEN || (refuse && owner.receiver().refuseForOverload(request, 0, request.length, on))) {
            return false;
        }
        receive(request, 0, request.length, on);
        return true;
    }

    private void receive(byte[] buffer, int offset, int length, Flow on) {
        if (!owner.receiver().receive(buffer, offset, length, on) && !framing.survivesOtherText()) {
            end(new Failure.ProtocolViolation("stream framing"));
        }
    }

    /**
     * Lets the parser find and answer the same fault (RFC 4475 §3.3.9); a head without any length
     * is not passed up.
     */
    @Override
    public void unreadable(byte[] head, int offset, int length) {
        if (state == State.OPEN && flow != null) {
            owner.receiver().refuse(head, offset, length, flow);
        }
    }

    @Override
    public boolean pinged() {
        return flow == null || owner.events().ping(flow);
    }

    @Override
    public void ponged() {
        if (state == State.OPEN && flow != null) {
            owner.events().pong(flow);
        }
    }

    @Override
    public void forbiddenFrame() {
        owner.forbiddenFrame();
    }

    @Override
    public void over(@Nullable Failure why) {
        end(why);
    }

    // Called from above.

    @Override
    public boolean send(byte[] message, Flow on, InetSocketAddress to) {
        if (state == State.OPEN) {
            framing.send(message);
        }
        return true;
    }

    @Override
    public void write(byte[] bytes) {
        if (state != State.OPEN && state != State.OPENING) {
            return;
        }
        if (tls != null) {
            tls.send(ByteBuffer.wrap(bytes));
        } else {
            writeToLink(ByteBuffer.wrap(bytes));
        }
    }

    /** Sends bytes to the peer, encrypted already if they must be. */
    void writeToLink(ByteBuffer bytes) {
        if (link != null && !link.write(bytes) && state != State.CLOSED) {
            // Later, because the sender must not be notified inside its own call.
            owner.loop().execute(() -> end(new Failure.Unreachable()));
        }
    }

    @Override
    public void keepAlive(Flow on, boolean answerRequired) {
        if (state != State.OPEN) {
            return;
        }
        boolean answers = framing.keepAlive();
        if (answers || answerRequired) {
            awaitAnswer(owner.limits().pong(), false);
        }
    }

    @Override
    public boolean answersKeepAlives() {
        return framing.answersKeepAlives();
    }

    @Override
    public void awaitAnswer(Duration longest, boolean first) {
        if (state == State.OPEN && pongDeadline == null && !(first && heard)) {
            Failure silence = first ? new Failure.TimedOut(Failure.Waited.RESPONSE) : new Failure.Unreachable();
            pongDeadline = owner.loop().schedule(longest, () -> end(silence));
        }
    }

    @Override
    public void close(Flow on) {
        end(null);
    }
}
