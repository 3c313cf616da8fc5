// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxVoicemail;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An embedded PBX in a browser: who is registered, live calls with their quality, the ladders of the last ones, mailboxes, rooms, faults to switch, and an extension to
 * ring. Served on 127.0.0.1 alone and to nobody without its token; the PBX never waits for a browser. Requests that are sent slowly, or never to their end, take a
 * thread each: there are {@value RequestThreads#MOST}, a request has five seconds, and what comes while all are taken is closed.
 */
public final class Console implements AutoCloseable {
    private static final int MOST_BODY = 4_096;
    private static final int BACKLOG = 64;
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);

    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src data:; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private static final String LADDER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self';"
            + " base-uri 'none'; form-action 'none'";

    private final EmbeddedPbx pbx;
    private final HttpServer server;
    private final RequestThreads threads = new RequestThreads(LONGEST_REQUEST);
    private final ConsoleAccess access;
    private final FaultSwitches faults;
    private final RungCalls rung;
    private final RecentCalls recent;
    private final StateFeed feed;
    private final String script;
    private final String style;
    private final String page;

    private Console(EmbeddedPbx pbx, @Nullable PbxVoicemail voicemail, int port) throws IOException {
        this.pbx = pbx;
        script = resource("console.js");
        style = resource("console.css");
        server = HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        access = new ConsoleAccess(server.getAddress().getPort());
        page = resource("console.html").replace("{token}", access.token());
        faults = new FaultSwitches(pbx);
        rung = new RungCalls(pbx);
        recent = new RecentCalls(pbx.trace());
        feed = new StateFeed(new PbxView(pbx, voicemail, faults, rung, recent)::json);
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

    /** The address to open in a browser, once: it has the token, which goes into a cookie. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/?token=" + access.token();
    }

    /** How many browsers listen now. */
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
            if (!access.isAddressed(exchange)) {
                send(exchange, ConsoleReply.text(403, "This is served as 127.0.0.1 and localhost alone."));
            } else if (get && path.equals("/") && access.hasTokenInAddress(exchange)) {
                headers.set("Set-Cookie", access.cookieToSet());
                headers.set("Location", "/");
                send(exchange, ConsoleReply.text(303, ""));
            } else if (!access.hasCookie(exchange) || !(get || access.hasTokenInHeader(exchange))) {
                send(exchange, ConsoleReply.text(403, "Open the address that callclient pbx printed."));
            } else if (get && path.equals("/events")) {
                events(exchange);
            } else if (get) {
                send(exchange, read(path, exchange));
            } else if (exchange.getRequestMethod().equals("POST")) {
                send(exchange, change(path, exchange));
            } else {
                headers.set("Allow", "GET, POST");
                send(exchange, ConsoleReply.text(405, "GET or POST."));
            }
        }
    }

    private ConsoleReply read(String path, HttpExchange exchange) {
        return switch (path) {
            case "/" -> ConsoleReply.html(page);
            case "/console.js" -> new ConsoleReply(200, "text/javascript", script);
            case "/console.css" -> new ConsoleReply(200, "text/css", style);
            case "/ladder" -> ladder(exchange);
            default -> ConsoleReply.text(404, "There is nothing here.");
        };
    }

    private ConsoleReply ladder(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        String drawn = query != null && query.startsWith("call=")
                ? recent.ladder(URLDecoder.decode(query.substring("call=".length()), StandardCharsets.UTF_8))
                : null;
        if (drawn == null) {
            return ConsoleReply.text(404, "There is no such call any more.");
        }
        exchange.getResponseHeaders().set("Content-Security-Policy", LADDER_POLICY);
        return ConsoleReply.html(drawn);
    }

    private ConsoleReply change(String path, HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
        threads.arrived();
        if (body.length > MOST_BODY) {
            return ConsoleReply.text(413, "That is too much.");
        }
        try {
            JsonObject asked = body.length == 0
                    ? new JsonObject()
                    : JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
                            .getAsJsonObject();
            return change(path, asked);
        } catch (JsonParseException | IllegalStateException | ClassCastException e) {
            return ConsoleReply.text(400, "That cannot be read, or the PBX cannot do it now.");
        } catch (IllegalArgumentException e) {
            return ConsoleReply.text(400, String.valueOf(e.getMessage()));
        }
    }

    private ConsoleReply change(String path, JsonObject asked) {
        switch (path) {
            case "/fault" ->
                faults.turn(FaultSwitches.Kind.valueOf(text(asked, "id")), Boolean.parseBoolean(text(asked, "on")));
            case "/forget-registrations" -> pbx.forgetRegistrations();
            case "/ring" -> rung.ring(text(asked, "extension"), text(asked, "name"), text(asked, "number"));
            case "/hang-up" -> rung.hangUp(Integer.parseInt(text(asked, "id")));
            default -> {
                return ConsoleReply.text(404, "There is nothing here.");
            }
        }
        return ConsoleReply.DONE;
    }

    private static String text(JsonObject asked, String name) {
        return asked.has(name) ? asked.getAsJsonPrimitive(name).getAsString() : "";
    }

    private void events(HttpExchange exchange) throws IOException {
        if (!feed.enter()) {
            send(exchange, ConsoleReply.text(503, "So many pages are open already: close one."));
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
        exchange.getResponseHeaders().set("Content-Type", reply.type() + "; charset=utf-8");
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        if (body.length == 0) {
            exchange.sendResponseHeaders(reply.status(), -1);
        } else {
            exchange.sendResponseHeaders(reply.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Console.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Stops serving. What was switched on stays on; the PBX is not closed. */
    @Override
    public void close() {
        feed.close();
        server.stop(0);
        threads.close();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Console[port " + server.getAddress().getPort() + "]";
    }
}
