// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.fleet;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A registrar that serves so many requests a second and no more, written for the bytes and sharing no code with the engine. It asks for proof, so that a
 * registration costs it two requests, or one where the phone knows the nonce. Keep-alives cost nothing.
 */
final class FleetRegistrar implements AutoCloseable {
    /** What it does with a request that comes while as many as it has room for wait. */
    enum Overload {
        /** Nobody hears of it, as when a socket's buffer is full. */
        DROPS("drops what it has no room for"),
        /** Each waits for its turn, however long that takes. */
        QUEUES("queues"),
        /** 503 with Retry-After, which costs nothing. */
        REFUSES("refuses with 503");

        private final String words;

        Overload(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final int PORT = 5060;
    private static final Duration EXPIRY = Duration.ofHours(1);
    private static final int RETRY_AFTER = 30;

    private record Request(String text, Consumer<String> reply) {}

    private final SimulatedHost host;
    private final String address;
    private final Loop loop;
    private final Overload overload;
    private final Duration each;
    private final int room;
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final Set<StreamLink> streams = new HashSet<>();
    private final Map<String, Integer> requests = new HashMap<>();
    private final Set<String> bound = new HashSet<>();
    private @Nullable DatagramLink datagrams;
    private @Nullable StreamListener listener;
    private int lives;
    private boolean serving;
    private boolean silent;

    FleetRegistrar(SimulatedHost host, String address, Loop loop, int requestsPerSecond, Overload overload) {
        this.host = host;
        this.address = address;
        this.loop = loop;
        this.overload = overload;
        each = Duration.ofSeconds(1).dividedBy(requestsPerSecond);
        room = 2 * requestsPerSecond;
    }

    /** Comes up with nobody registered and nonces that nobody knows. */
    void start() {
        lives++;
        InetSocketAddress at = new InetSocketAddress(address, PORT);
        try {
            datagrams = host.openDatagram(at, (packet, from) -> {
                String text = StandardCharsets.ISO_8859_1.decode(packet).toString();
                if (!text.isBlank() && !silent) {
                    take(new Request(text, response -> send(response, from)));
                }
            });
            listener = host.listen(at, Stream::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its process ends: connections are reset, and what it knew is gone. */
    void stop() {
        if (listener == null || datagrams == null) {
            return;
        }
        listener.close();
        datagrams.close();
        listener = null;
        datagrams = null;
        List.copyOf(streams).forEach(StreamLink::close);
        streams.clear();
        waiting.clear();
        bound.clear();
    }

    /** Nothing reaches it from now on, and nobody is told: connections stay, and bring nothing. */
    void vanish() {
        silent = true;
    }

    /** Whether a call for the user would get through. */
    boolean knows(String user) {
        return !silent && bound.contains(user);
    }

    /** Requests that arrived from each phone since {@link #count}, refused and dropped ones included. */
    Map<String, Integer> requests() {
        return requests;
    }

    void count() {
        requests.clear();
    }

    @Override
    public void close() {
        stop();
    }

    private void send(String response, InetSocketAddress to) {
        DatagramLink from = datagrams;
        if (from != null) {
            from.send(bytes(response), to);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void take(Request request) {
        requests.merge(user(request.text), 1, Integer::sum);
        if (overload == Overload.QUEUES || waiting.size() < room) {
            waiting.add(request);
            if (!serving) {
                serving = true;
                loop.schedule(each, this::serve);
            }
        } else if (overload == Overload.REFUSES) {
            request.reply.accept(response(request.text, "503 Service Unavailable", "Retry-After: " + RETRY_AFTER));
        }
    }

    private void serve() {
        Request request = waiting.poll();
        if (request == null) {
            serving = false;
            return;
        }
        answer(request);
        loop.schedule(each, this::serve);
    }

    private void answer(Request request) {
        String nonce = "nonce=\"life" + lives + "\"";
        String proof = header(request.text, "Authorization");
        if (!proof.contains(nonce)) {
            request.reply.accept(response(
                    request.text,
                    "401 Unauthorized",
                    "WWW-Authenticate: Digest realm=\"fleet\", " + nonce + ", algorithm=SHA-256, qop=\"auth\""
                            + (proof.isEmpty() ? "" : ", stale=true")));
            return;
        }
        if (header(request.text, "Expires").equals("0")) {
            bound.remove(user(request.text));
            request.reply.accept(response(request.text, "200 OK", "Expires: 0"));
            return;
        }
        bound.add(user(request.text));
        request.reply.accept(response(
                request.text,
                "200 OK",
                "Contact: " + header(request.text, "Contact") + ";expires=" + EXPIRY.toSeconds()));
    }

    private static String response(String request, String status, String line) {
        StringBuilder response = new StringBuilder("SIP/2.0 " + status + "\r\n");
        for (String name : List.of("Via", "From", "To", "Call-ID", "CSeq")) {
            response.append(name).append(": ").append(header(request, name));
            response.append(name.equals("To") ? ";tag=fleet\r\n" : "\r\n");
        }
        return response + line + "\r\nContent-Length: 0\r\n\r\n";
    }

    /** Each of them is one line, as nothing is between a phone and the registrar. */
    private static String header(String message, String name) {
        int at = message.indexOf("\r\n" + name + ": ");
        return at < 0 ? "" : message.substring(at + name.length() + 4, message.indexOf("\r\n", at + 2));
    }

    private static String user(String request) {
        String to = header(request, "To");
        return to.substring(to.indexOf("sip:") + 4, to.indexOf('@'));
    }

    /** A connection. REGISTER has no body, so that each message ends with an empty line. */
    private final class Stream implements StreamHandler {
        private final StreamLink link;
        private String pending = "";

        Stream(StreamLink link) {
            this.link = link;
            streams.add(link);
        }

        @Override
        public void connected(StreamLink open) {}

        @Override
        public void received(StreamLink from, ByteBuffer bytes) {
            if (silent) {
                return;
            }
            pending += StandardCharsets.ISO_8859_1.decode(bytes);
            int end = pending.indexOf("\r\n\r\n");
            while (end >= 0) {
                String message = pending.substring(0, end + 4);
                pending = pending.substring(end + 4);
                if (message.isBlank()) {
                    link.write(bytes("\r\n"));
                } else {
                    take(new Request(message, response -> link.write(bytes(response))));
                }
                end = pending.indexOf("\r\n\r\n");
            }
        }

        @Override
        public void closed(StreamLink ended, @Nullable IOException cause) {
            streams.remove(ended);
        }
    }
}
