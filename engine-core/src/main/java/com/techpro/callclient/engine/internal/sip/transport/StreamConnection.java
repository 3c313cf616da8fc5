// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.Failure.TlsProblem;
import com.techpro.callclient.engine.internal.sip.message.MessageKind;
import com.techpro.callclient.engine.internal.sip.message.Rejection;
import com.techpro.callclient.engine.internal.sip.message.StreamFramer;
import com.techpro.callclient.ports.net.DestinationRefusedException;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.time.Timer;
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
 * One TCP or TLS connection and the flow it becomes. Lives on the loop, except for the {@link StreamHandler} methods, which copy what
 * they get and hand it over.
 *
 * <pre>
 * CONNECTING --TCP connected--> SECURING (TLS only) --verified--> OPEN --either side, fault, no pong--> CLOSED
 * CONNECTING, SECURING --fault, too late--> CLOSED
 * </pre>
 */
final class StreamConnection implements StreamHandler, StreamFramer.Sink, TlsStream.Events, FlowTransport {
    private enum State {
        CONNECTING,
        SECURING,
        OPEN,
        CLOSED
    }

    private static final byte[] PING = {'\r', '\n', '\r', '\n'};
    private static final byte[] PONG = {'\r', '\n'};
    /** What comes later may be an answer all the same, but does not show that this peer answers. */
    private static final Duration PROMPT = Duration.ofSeconds(2);

    private final StreamFlows owner;
    private final SipTransport transport;
    private final @Nullable TlsStream tls;
    private final StreamFramer framer = new StreamFramer();
    private final ReceiveQueue queue;
    private State state = State.CONNECTING;
    private @Nullable StreamLink link;
    private @Nullable Flow flow;
    private @Nullable Timer deadline;
    private @Nullable Timer pongDeadline;
    private @Nullable Timer messageDeadline;
    private long pingedAt;
    /** Whether silence after a ping means that the peer is gone: only of one that answered the last ping. */
    private boolean peerAnswersPings;
    /** Whether the peer sends single CRLFs of its own accord, so that they are no answers. */
    private boolean pongsMeanNothing;

    /** @param tls makes the TLS layer around this connection; null for TCP */
    StreamConnection(StreamFlows owner, SipTransport transport, @Nullable Function<StreamConnection, TlsStream> tls) {
        this.owner = owner;
        this.transport = transport;
        this.queue = owner.queue();
        this.tls = tls == null ? null : tls.apply(this);
    }

    /** Starts waiting for the connection. */
    void opening(StreamLink opened) {
        link = opened;
        deadline = owner.loop().schedule(owner.limits().connect(), () -> end(timedOut()));
    }

    /** Nobody will ever tell how it went. */
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

    /** Once it is open. */
    @Nullable
    Flow flow() {
        return flow;
    }

    // From the network's threads.

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

    // On the loop.

    private void onConnected(StreamLink opened) {
        if (state != State.CONNECTING) {
            return;
        }
        link = opened;
        cancelDeadline();
        if (tls == null) {
            open(List.of());
        } else {
            state = State.SECURING;
            deadline = owner.loop().schedule(owner.limits().handshake(), () -> end(timedOut()));
            tls.start();
        }
    }

    private void open(List<String> peerNames) {
        StreamLink opened = link;
        if (opened == null) {
            throw new IllegalStateException("a connection opens after its link");
        }
        cancelDeadline();
        state = State.OPEN;
        flow = new Flow(owner.nextId(), transport, opened.localAddress(), opened.remoteAddress(), peerNames, this);
        owner.opened(this, flow);
    }

    private void onReceived(ByteBuffer bytes) {
        if (tls != null) {
            tls.received(bytes);
        } else if (state == State.OPEN) {
            plaintext(bytes);
        }
    }

    private void onLinkClosed(@Nullable IOException cause) {
        if (cause instanceof DestinationRefusedException) {
            end(new Failure.DestinationRefused());
        } else if (state == State.SECURING) {
            end(new Failure.TlsFailed(TlsProblem.PROTOCOL));
        } else if (state == State.CONNECTING || cause != null) {
            end(new Failure.Unreachable());
        } else {
            end(null);
        }
    }

    /** The one way out of every state. */
    private void end(@Nullable Failure why) {
        if (state == State.CLOSED) {
            return;
        }
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

    /** Ends it from our side, in order. */
    void close() {
        end(null);
    }

    // From TLS.

    @Override
    public void opened(@Nullable X509Certificate peer) {
        open(peer == null ? List.of() : CertificateNames.of(peer));
    }

    @Override
    public void plaintext(ByteBuffer bytes) {
        cancelPongDeadline();
        framer.feed(bytes, this);
        if (framer.buffered() == 0) {
            cancelMessageDeadline();
        } else if (messageDeadline == null && state == State.OPEN) {
            // From the first byte and not from the last: a byte now and then does not buy more time.
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

    // From the framer. Once closed in the middle of a feed, the rest of it is not heard.

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
                if (!queue.addInitial(length, refuse -> initial(copy, open, refuse))) {
                    initial(copy, open, true);
                }
            }
        }
    }

    /** @return whether it took the time of a message */
    private boolean initial(byte[] request, Flow on, boolean refuse) {
        if (state != State.OPEN || (refuse && owner.receiver().refuseForOverload(request, 0, request.length, on))) {
            return false;
        }
        receive(request, 0, request.length, on);
        return true;
    }

    private void receive(byte[] buffer, int offset, int length, Flow on) {
        if (!owner.receiver().receive(buffer, offset, length, on)) {
            end(outOfStep());
        }
    }

    @Override
    public void ping() {
        if (flow == null || owner.events().ping(flow)) {
            write(PONG);
        }
    }

    @Override
    public void pong() {
        long waited = owner.loop().nanoTime() - pingedAt;
        if (waited > owner.limits().pong().toNanos()) {
            unaskedLineBreak();
        } else if (waited <= PROMPT.toNanos()) {
            peerAnswersPings = !pongsMeanNothing;
        }
        if (state == State.OPEN && flow != null) {
            owner.events().pong(flow);
        }
    }

    @Override
    public void unaskedLineBreak() {
        pongsMeanNothing = true;
        peerAnswersPings = false;
    }

    @Override
    public void broken(Rejection reason, byte[] buffer, int offset, int length) {
        if (state == State.OPEN && flow != null) {
            if (reason == Rejection.CONTENT_LENGTH) {
                // Lets the parser find and answer the same fault (RFC 4475 §3.3.9); a head without any length is not
                // handed up.
                owner.receiver().refuse(buffer, offset, length, flow);
            }
            end(outOfStep());
        }
    }

    private static Failure outOfStep() {
        return new Failure.ProtocolViolation("stream framing");
    }

    // From above.

    @Override
    public boolean send(byte[] message, Flow on, InetSocketAddress to) {
        write(message);
        return true;
    }

    private void write(byte[] bytes) {
        if (state != State.OPEN) {
            return;
        }
        if (tls != null) {
            tls.send(ByteBuffer.wrap(bytes));
        } else {
            writeToLink(ByteBuffer.wrap(bytes));
        }
    }

    /** To the peer, sealed already where it is to be. */
    void writeToLink(ByteBuffer bytes) {
        if (link != null && !link.write(bytes) && state != State.CLOSED) {
            // Later, because the sender above must not hear of it inside its own call.
            owner.loop().execute(() -> end(new Failure.Unreachable()));
        }
    }

    @Override
    public void keepAlive(Flow on, boolean answerRequired) {
        if (state != State.OPEN) {
            return;
        }
        if (framer.isPongAwaited()) {
            // The last ping was not answered, and yet we are here: the peer was heard otherwise, and answers pings no
            // more.
            peerAnswersPings = false;
        }
        framer.awaitPong();
        pingedAt = owner.loop().nanoTime();
        write(PING);
        if ((peerAnswersPings || answerRequired) && pongDeadline == null) {
            pongDeadline = owner.loop().schedule(owner.limits().pong(), () -> end(new Failure.Unreachable()));
        }
    }

    @Override
    public void close(Flow on) {
        end(null);
    }
}
