// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamAcceptor;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The far end of a test as bytes: a phone, a registrar, a proxy or a phone system that follows a
 * script exactly. It has no state machine and retransmits nothing. It shares no code with the
 * engine or the embedded PBX, so it cannot share their mistakes.
 *
 * <pre>{@code
 * ScriptedPeer pbx = ScriptedPeer.udp(network.host("192.0.2.10"), "192.0.2.10", 5060);
 * pbx.on("REGISTER", register -> pbx.respond(register, "200 OK", "Contact: " + register.header("Contact") + ";expires=600"));
 * pbx.on("INVITE", invite -> pbx.respond(invite, "180 Ringing", "Contact: <sip:b@192.0.2.10>"));
 * }</pre>
 *
 * Over UDP it sends to the source of the last message; over TCP, on the connection opened last,
 * unless {@link #sendTo} selects another.
 * Everything runs in the network's callbacks, in virtual time on the test's own thread.
 */
public final class ScriptedPeer implements AutoCloseable {
    private record Rule(Predicate<ScriptedMessage> when, Consumer<ScriptedMessage> then) {}

    private final InetSocketAddress local;
    private final List<ScriptedMessage> received = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private @Nullable DatagramLink datagrams;
    private @Nullable StreamListener listener;
    private @Nullable InetSocketAddress remote;
    private @Nullable InetSocketAddress selected;
    private boolean answersPings = true;
    private int pings;
    private int pongs;
    private int serial;

    private ScriptedPeer(InetSocketAddress local) {
        this.local = local;
    }

    public static ScriptedPeer udp(Network network, String address, int port) {
        ScriptedPeer peer = new ScriptedPeer(new InetSocketAddress(address, port));
        try {
            peer.datagrams = network.openDatagram(peer.local, (packet, from) -> {
                peer.remote = from;
                String text = StandardCharsets.UTF_8.decode(packet).toString();
                if (text.isBlank()) {
                    peer.pings++;
                } else {
                    peer.take(text);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return peer;
    }

    /** Creates a peer that accepts connections. */
    public static ScriptedPeer tcp(Network network, String address, int port) {
        ScriptedPeer peer = new ScriptedPeer(new InetSocketAddress(address, port));
        StreamAcceptor acceptor = link -> peer.new Connection(link);
        try {
            peer.listener = network.listen(peer.local, acceptor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return peer;
    }

    /** Returns the address on which it listens. */
    public InetSocketAddress local() {
        return local;
    }

    /**
     * Adds a rule for each message with this beginning: a method, {@code SIP/2.0 2}, or a whole
     * start line. If several rules match, the one added last is used.
     */
    public ScriptedPeer on(String beginning, Consumer<ScriptedMessage> then) {
        return when(message -> message.startLine().startsWith(beginning), then);
    }

    public ScriptedPeer when(Predicate<ScriptedMessage> condition, Consumer<ScriptedMessage> then) {
        rules.add(0, new Rule(condition, then));
        return this;
    }

    /** Returns all messages received, in order; keep-alives are counted separately. */
    public List<ScriptedMessage> received() {
        return received;
    }

    /** Returns the messages received that match, as in {@link #on}. */
    public List<ScriptedMessage> received(String beginning) {
        return received.stream()
                .filter(message -> message.startLine().startsWith(beginning))
                .collect(Collectors.toList());
    }

    /**
     * Returns the last message that matches, as in {@link #on}.
     *
     * @throws AssertionError if there was none
     */
    public ScriptedMessage last(String beginning) {
        List<ScriptedMessage> all = received(beginning);
        if (all.isEmpty()) {
            throw new AssertionError("nothing began with " + beginning + "; there were " + received);
        }
        return all.get(all.size() - 1);
    }

    /** Returns the {@link ScriptedMessage#summary} of every message received. */
    public List<String> flow() {
        return received.stream().map(ScriptedMessage::summary).collect(Collectors.toList());
    }

    public void forget() {
        received.clear();
    }

    /** Returns the other side's address as seen here. */
    public InetSocketAddress remote() {
        if (remote == null) {
            throw new AssertionError("nobody has sent anything yet");
        }
        return remote;
    }

    /**
     * Sends a response: Via, From, To, Call-ID and CSeq are copied as in RFC 3261 §8.2.6.2, and To
     * gets a tag if it has none. The given lines follow. An empty line begins the body;
     * Content-Length is added.
     *
     * @param status with its phrase, {@code 180 Ringing}
     */
    public void respond(ScriptedMessage request, String status, String... lines) {
        respondWithTag(request, status, "scripted", lines);
    }

    /** As {@link #respond}, from another branch of a fork. */
    public void respondWithTag(ScriptedMessage request, String status, String toTag, String... lines) {
        StringBuilder response = new StringBuilder("SIP/2.0 " + status + "\n");
        request.headers("Via")
                .forEach(via -> response.append("Via: ").append(via).append('\n'));
        request.headers("Record-Route")
                .forEach(
                        route -> response.append("Record-Route: ").append(route).append('\n'));
        response.append("From: ").append(request.header("From")).append('\n');
        response.append("To: ").append(request.header("To"));
        if (request.parameter("To", "tag") == null && !status.startsWith("100")) {
            response.append(";tag=").append(toTag);
        }
        response.append("\nCall-ID: ").append(request.header("Call-ID"));
        response.append("\nCSeq: ").append(request.header("CSeq")).append('\n');
        send(response + String.join("\n", lines) + "\n");
    }

    /**
     * Sends a request in the dialog of this message: the other side's INVITE, or its response to
     * ours. Via, Max-Forwards, the tags, Call-ID and CSeq are added; the given lines follow.
     *
     * @param other the last message from the other side in the dialog
     * @param localTag our tag, if their message does not contain it
     * @return the sent message
     */
    public ScriptedMessage request(String method, ScriptedMessage other, int cseq, String localTag, String... lines) {
        boolean theirs = other.isRequest();
        String local = theirs ? other.header("To") : other.header("From");
        String far = theirs ? other.header("From") : other.header("To");
        String target = other.headers("Contact").isEmpty() ? "sip:" + remote().getHostString() : other.uri("Contact");
        StringBuilder request = new StringBuilder(method + " " + target + " SIP/2.0\n");
        request.append("Via: ").append(via()).append('\n');
        request.append("Max-Forwards: 70\nFrom: ").append(local);
        if (!local.contains(";tag=")) {
            request.append(";tag=").append(localTag);
        }
        request.append("\nTo: ").append(far);
        request.append("\nCall-ID: ").append(other.header("Call-ID"));
        request.append("\nCSeq: ").append(cseq).append(' ').append(method).append('\n');
        return send(request + String.join("\n", lines) + "\n");
    }

    /** Returns a Via of this peer with a new branch. */
    public String via() {
        return "SIP/2.0/" + (datagrams == null ? "TCP" : "UDP") + " " + local.getHostString() + ":" + local.getPort()
                + ";branch=z9hG4bKscripted" + ++serial;
    }

    /**
     * Sends a message as given: line ends become CR LF, the header section is closed if there is no
     * body, and a missing Content-Length is added.
     *
     * @return the sent message
     */
    public ScriptedMessage send(String message) {
        String text = message.replace("\r\n", "\n");
        int end = text.indexOf("\n\n");
        String head = end < 0 ? (text.endsWith("\n") ? text : text + "\n") : text.substring(0, end + 1);
        String body = (end < 0 ? "" : text.substring(end + 2)).replace("\n", "\r\n");
        if (!head.contains("\nContent-Length:")) {
            head += "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\n";
        }
        String whole = head.replace("\n", "\r\n") + "\r\n" + body;
        sendBytes(whole.getBytes(StandardCharsets.UTF_8));
        return new ScriptedMessage(whole);
    }

    /** Sends bytes unchanged. */
    public void sendBytes(byte[] bytes) {
        if (datagrams != null) {
            datagrams.send(ByteBuffer.wrap(bytes), remote());
        } else {
            connection().link.write(ByteBuffer.wrap(bytes));
        }
    }

    /**
     * Sets the destination of what follows. Over UDP it is in force until the next message is
     * received. Over TCP it selects the connection from that address, while there is one.
     */
    public ScriptedPeer sendTo(String address, int port) {
        remote = new InetSocketAddress(address, port);
        selected = remote;
        return this;
    }

    /** Sends a keep-alive ping of its own (RFC 5626 §3.5.1). */
    public void ping() {
        sendBytes("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Sets whether it answers pings; default: yes. */
    public ScriptedPeer answersPings(boolean does) {
        answersPings = does;
        return this;
    }

    /** Returns how many pings were received; over UDP, keep-alives of any kind. */
    public int pings() {
        return pings;
    }

    /** Returns how many single line ends were received, the answers to {@link #ping}. */
    public int pongs() {
        return pongs;
    }

    /** Returns how many accepted connections are open. */
    public int openConnections() {
        return connections.size();
    }

    /** Closes every connection, as a restarting phone system does. */
    public void disconnect() {
        List.copyOf(connections).forEach(connection -> connection.link.close());
    }

    /** Returns an SDP body with G.711 only; the given lines come last. */
    public static String[] sdp(String address, int port, long version, String... lines) {
        List<String> all = new ArrayList<>(List.of(
                "Content-Type: application/sdp",
                "",
                "v=0",
                "o=- 20 " + version + " IN IP4 " + address,
                "s=-",
                "c=IN IP4 " + address,
                "t=0 0",
                "m=audio " + port + " RTP/AVP 0 8 101",
                "a=rtpmap:101 telephone-event/8000"));
        all.addAll(List.of(lines));
        return all.toArray(new String[0]);
    }

    /**
     * Returns header lines followed by those of {@link #sdp}, for {@link #respond} and
     * {@link #request}.
     */
    public static String[] lines(String header, String... more) {
        List<String> all = new ArrayList<>(List.of(header));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    @Override
    public void close() {
        if (datagrams != null) {
            datagrams.close();
        }
        if (listener != null) {
            listener.close();
        }
        disconnect();
    }

    private void take(String text) {
        ScriptedMessage message = new ScriptedMessage(text);
        received.add(message);
        for (Rule rule : List.copyOf(rules)) {
            if (rule.when.test(message)) {
                rule.then.accept(message);
                return;
            }
        }
    }

    private Connection connection() {
        if (connections.isEmpty()) {
            throw new AssertionError("nobody is connected");
        }
        for (Connection each : connections) {
            if (each.link.remoteAddress().equals(selected)) {
                return each;
            }
        }
        return connections.get(connections.size() - 1);
    }

    /** Splits one stream into messages and line ends (RFC 3261 §18.3, RFC 5626 §3.5.1). */
    private final class Connection implements StreamHandler {
        private final StreamLink link;
        /** One character per byte, because lengths are in bytes. */
        private String pending = "";

        Connection(StreamLink link) {
            this.link = link;
            connections.add(this);
        }

        @Override
        public void connected(StreamLink open) {}

        @Override
        public void received(StreamLink from, ByteBuffer bytes) {
            remote = link.remoteAddress();
            pending += StandardCharsets.ISO_8859_1.decode(bytes);
            while (cut()) {}
        }

        private boolean cut() {
            if (pending.startsWith("\r\n")) {
                lineEnds();
                return !pending.isEmpty();
            }
            int end = pending.indexOf("\r\n\r\n");
            if (end < 0) {
                return false;
            }
            String length = new ScriptedMessage(pending.substring(0, end)).header("Content-Length");
            int whole = end + 4 + (length.isEmpty() ? 0 : Integer.parseInt(length));
            if (pending.length() < whole) {
                return false;
            }
            String message = pending.substring(0, whole);
            pending = pending.substring(whole);
            take(new String(message.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            return true;
        }

        private void lineEnds() {
            if (pending.startsWith("\r\n\r\n")) {
                pending = pending.substring(4);
                pings++;
                if (answersPings) {
                    link.write(ByteBuffer.wrap("\r\n".getBytes(StandardCharsets.US_ASCII)));
                }
            } else {
                pending = pending.substring(2);
                pongs++;
            }
        }

        @Override
        public void closed(StreamLink ended, @Nullable IOException cause) {
            connections.remove(this);
        }
    }
}
