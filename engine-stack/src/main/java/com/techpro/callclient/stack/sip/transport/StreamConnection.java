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
import com.techpro.callclient.stack.sip.transport.TlsStream.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
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
final class StreamConnection implements StreamHandler, FlowTransport {
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
    private final Framer framer;
    private final ReceiveQueue queue;
    private State state = State.CONNECTING;
    private @Nullable StreamLink link;
    private @Nullable Flow flow;
    private @Nullable Timer deadline;
    private @Nullable Timer pongDeadline;
    private @Nullable Timer messageDeadline;
    private boolean heard;
    private List<String> peerNames = List.of();

    /** @param tls makes the TLS layer below it; null for an unencrypted connection */
    StreamConnection(
            StreamFlows owner,
            SipTransport transport,
            @Nullable Function<StreamConnection, TlsStream> tls,
            Framer framer) {
        this.owner = owner;
        this.transport = transport;
        this.queue = owner.queue();
        this.tls = tls == null ? null : tls.apply(this);
        this.framer = framer;
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
        if (!queue.add(copy.length, () -> onReceived(copy))) {
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
        deadline = cancelled(deadline);
        if (tls == null) {
            opening(List.of());
        } else {
            state = State.SECURING;
            deadline = owner.loop().schedule(owner.limits().handshake(), () -> end(timedOut()));
            InOrder.take(tls.start(), this::take);
        }
    }

    private void opening(List<String> names) {
        deadline = cancelled(deadline);
        peerNames = names;
        state = State.OPENING;
        InOrder.take(framer.start(), this::take);
        if (state == State.OPENING) {
            deadline = owner.loop().schedule(owner.limits().handshake(), () -> end(timedOut()));
        }
    }

    private void onReceived(byte[] bytes) {
        if (tls != null) {
            InOrder.take(tls.open(ByteBuffer.wrap(bytes)), this::take);
        } else {
            plaintext(bytes);
        }
    }

    /** A worker is done with a computation of the handshake. */
    void proceed() {
        if (tls != null) {
            InOrder.take(tls.proceed(), this::take);
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
        byte[] farewell = framer.close(why);
        state = State.CLOSED;
        deadline = cancelled(deadline);
        pongDeadline = cancelled(pongDeadline);
        messageDeadline = cancelled(messageDeadline);
        transmit(farewell);
        if (tls != null) {
            tls.close();
        }
        if (link != null) {
            link.close();
        }
        owner.ended(this, flow, why);
    }

    private static @Nullable Timer cancelled(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
        return null;
    }

    /** Closes it because this side shuts down. */
    void leave() {
        write(framer.leave());
        end(null);
    }

    /** Closes it from our side, in order. */
    void close() {
        end(null);
    }

    private void take(Outcome outcome) {
        if (state == State.CLOSED) {
            return;
        }
        if (outcome instanceof Outcome.Plaintext plaintext) {
            plaintext(plaintext.bytes());
        } else if (outcome instanceof Outcome.Opened opened) {
            opening(opened.peer() == null ? List.of() : CertificateNames.of(opened.peer()));
        } else if (outcome instanceof Outcome.Ended ended) {
            end(ended.problem() == null ? null : new Failure.TlsFailed(ended.problem()));
        }
    }

    private void plaintext(byte[] bytes) {
        if (state != State.OPENING && state != State.OPEN) {
            return;
        }
        heard |= state == State.OPEN;
        pongDeadline = cancelled(pongDeadline);
        InOrder.take(framer.cut(bytes), this::take);
        if (!framer.isWithinMessage()) {
            messageDeadline = cancelled(messageDeadline);
        } else if (messageDeadline == null && state == State.OPEN) {
            // Counts from the first byte, not from the last: a trickle of bytes does not extend it.
            messageDeadline = owner.loop().schedule(owner.limits().message(), () -> {
                owner.unfinishedMessage();
                end(new Failure.ProtocolViolation("unfinished message"));
            });
        }
    }

    private void take(Frame frame) {
        if (state == State.CLOSED) {
            return;
        }
        if (frame instanceof Frame.Message message) {
            message(message);
        } else if (frame instanceof Frame.Ping ping) {
            if (flow == null || owner.events().ping(flow)) {
                write(ping.answer());
            }
        } else if (frame instanceof Frame.Pong) {
            if (flow != null) {
                owner.events().pong(flow);
            }
        } else if (frame instanceof Frame.Handshake handshake) {
            write(handshake.bytes());
        } else if (frame instanceof Frame.Ready) {
            ready();
        } else if (frame instanceof Frame.Closed closed) {
            end(closed.why());
        } else if (frame instanceof Frame.Broken broken) {
            broken(broken);
        }
    }

    private void ready() {
        StreamLink opened = link;
        if (opened == null) {
            throw new IllegalStateException("a connection opens after its link");
        }
        deadline = cancelled(deadline);
        state = State.OPEN;
        flow = owner.flow(transport, opened, peerNames, this);
        owner.opened(this, flow);
    }

    private void message(Frame.Message message) {
        messageDeadline = cancelled(messageDeadline);
        Flow open = flow;
        if (state != State.OPEN || open == null) {
            return;
        }
        MessageKind kind = MessageKind.of(message.bytes(), message.offset(), message.length());
        if (kind != MessageKind.INITIAL_REQUEST) {
            take(kind, message.bytes(), message.offset(), message.length(), open, false);
            return;
        }
        // The queue counts the bytes that it holds.
        byte[] request = message.alone();
        if (!queue.addInitial(request, refuse -> initial(request, open, refuse))) {
            initial(request, open, true);
        }
    }

    private boolean initial(byte[] request, Flow on, boolean refuse) {
        return take(MessageKind.INITIAL_REQUEST, request, 0, request.length, on, refuse);
    }

    /**
     * @return whether processing it took as long as a message
     */
    private boolean take(MessageKind kind, byte[] buffer, int offset, int length, Flow on, boolean refuse) {
        if (state != State.OPEN) {
            return false;
        }
        Inbound.Taken taken = owner.inbound().take(kind, buffer, offset, length, on, refuse);
        if (taken == Inbound.Taken.NOT_SIP && !framer.survivesOtherText()) {
            end(new Failure.ProtocolViolation("stream framing"));
        }
        return taken != Inbound.Taken.REFUSED;
    }

    private void broken(Frame.Broken broken) {
        Frame.Message head = broken.head();
        if (head != null && flow != null) {
            // The parser finds and answers the same fault (RFC 4475 §3.3.9); a head without any
            // length is not passed up.
            owner.inbound().refuse(head.bytes(), head.offset(), head.length(), flow);
        }
        if (transport.isWebSocket()) {
            owner.forbiddenFrame();
        }
        end(broken.why());
    }

    // Called from above.

    @Override
    public boolean send(byte[] message, Flow on, InetSocketAddress to) {
        if (state == State.OPEN) {
            write(framer.frame(message));
        }
        return true;
    }

    private void write(byte[] bytes) {
        if (state == State.OPEN || state == State.OPENING) {
            transmit(bytes);
        }
    }

    private void transmit(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        if (tls != null) {
            InOrder.take(tls.send(ByteBuffer.wrap(bytes)), this::take);
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
        write(framer.ping());
        if (framer.answersPings() || answerRequired) {
            awaitAnswer(owner.limits().pong(), false);
        }
    }

    @Override
    public boolean answersKeepAlives() {
        return framer.answersPings();
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
