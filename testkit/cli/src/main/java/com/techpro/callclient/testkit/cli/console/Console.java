// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxVoicemail;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A browser console for an embedded PBX. It shows registrations, live calls with quality, ladders
 * of recent calls, mailboxes and rooms. It offers faults to switch or set, captures and recordings
 * to download, and an extension to ring. Programs have the same over HTTP, as {@code openapi.json}
 * describes. It serves on 127.0.0.1 only, and requires its token. The PBX never waits for a
 * browser. Each request takes a thread until it has arrived. There are {@value RequestThreads#MOST}
 * threads, a request has five seconds, and further connections are closed.
 */
public final class Console implements AutoCloseable {
    private static final int MOST_BODY = 4_096;
    private static final int BACKLOG = 64;
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);

    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src data:; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private final HttpServer server;
    private final RequestThreads threads = new RequestThreads(LONGEST_REQUEST);
    private final ConsoleAccess access;
    private final ConsoleApi api;
    private final StateFeed feed;

    private Console(EmbeddedPbx pbx, @Nullable PbxVoicemail voicemail, int port) throws IOException {
        server = HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        access = new ConsoleAccess(server.getAddress().getPort());
        api = new ConsoleApi(pbx, voicemail, access.token());
        feed = new StateFeed(api::state);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        feed.start();
        server.start();
    }

    /**
     * Serves the console of a PBX that is {@code traced()}.
     *
     * @param voicemail null if it has none
     * @param port 0 for a free one
     * @throws IOException if that port cannot be served
     */
    public static Console open(EmbeddedPbx pbx, @Nullable PbxVoicemail voicemail, int port) throws IOException {
        return new Console(pbx, voicemail, port);
    }

    /**
     * Returns the address to open in a browser first: it contains the token, which goes into a
     * cookie.
     */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/?token=" + access.token();
    }

    /** Returns how many browsers listen now. */
    int listeners() {
        return feed.listeners();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Security-Policy", PAGE_POLICY);
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            headers.set("Cache-Control", "no-store");
            String path = exchange.getRequestURI().getRawPath();
            boolean get = exchange.getRequestMethod().equals("GET");
            if (get) {
                threads.arrived();
            }
            boolean known = access.isOfThisOrigin(exchange)
                    && (access.hasTokenInHeader(exchange) || (get && access.hasCookie(exchange)));
            if (!access.isAddressed(exchange)) {
                send(exchange, ConsoleReply.text(403, "This is served only as 127.0.0.1 and localhost."));
            } else if (get && path.equals("/") && access.hasTokenInAddress(exchange)) {
                headers.set("Set-Cookie", access.cookieToSet());
                headers.set("Location", "/");
                send(exchange, ConsoleReply.text(303, ""));
            } else if (!known) {
                send(exchange, ConsoleReply.text(403, "Open the address that callclient pbx printed."));
            } else {
                answer(exchange, path);
            }
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        Set<String> methods = api.methods(path);
        String method = exchange.getRequestMethod();
        if (methods.isEmpty()) {
            send(exchange, ConsoleReply.text(404, "There is nothing here."));
        } else if (!methods.contains(method)) {
            String allowed = String.join(", ", methods);
            exchange.getResponseHeaders().set("Allow", allowed);
            send(exchange, ConsoleReply.text(405, "Only " + allowed + "."));
        } else if (path.equals(ConsoleApi.EVENTS)) {
            events(exchange);
        } else if (method.equals("GET")) {
            send(exchange, api.read(path, exchange.getRequestURI().getRawQuery()));
        } else {
            send(exchange, change(path, exchange));
        }
    }

    private ConsoleReply change(String path, HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
        threads.arrived();
        return body.length > MOST_BODY ? ConsoleReply.text(413, "The request is too large.") : api.change(path, body);
    }

    private void events(HttpExchange exchange) throws IOException {
        if (!feed.enter()) {
            send(exchange, ConsoleReply.text(503, "Too many pages are open: close one."));
            return;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            feed.write(exchange.getResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            feed.leave();
        }
    }

    private static void send(HttpExchange exchange, ConsoleReply reply) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = reply.body();
        if (body.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(reply.status(), -1);
        } else {
            exchange.sendResponseHeaders(reply.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Stops serving. Active faults stay on; the PBX is not closed. */
    @Override
    public void close() {
        feed.close();
        server.stop(0);
        api.close();
        threads.close();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Console[port " + server.getAddress().getPort() + "]";
    }
}
