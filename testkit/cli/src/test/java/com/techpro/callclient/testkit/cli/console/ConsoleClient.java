// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Sends the requests of a browser to the console's server. */
final class ConsoleClient {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String token;
    private final String cookie;

    ConsoleClient(Console console) {
        URI address = URI.create(console.address());
        base = "http://127.0.0.1:" + address.getPort();
        token = address.getQuery().substring("token=".length());
        cookie = "callclient-console-" + address.getPort() + "=" + token;
    }

    String token() {
        return token;
    }

    String cookie() {
        return cookie;
    }

    int port() {
        return URI.create(base).getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Downloads a file. */
    HttpResponse<byte[]> download(String path) {
        try {
            return http.send(request(path).header("Cookie", cookie).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path).header("Cookie", cookie));
    }

    /** Returns the response to a change with all required headers. */
    HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Cookie", cookie)
                .header(ConsoleAccess.TOKEN_HEADER, token)
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Returns the status of a request for the page under another host name. */
    String statusAs(String host) {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            String head = "GET / HTTP/1.1\r\n" + host + "Cookie: " + cookie + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return line.split(" ", -1)[1];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a browser that listens to events. */
    Events listen() {
        try {
            HttpResponse<InputStream> answer = http.send(
                    request("/events").header("Cookie", cookie).build(), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new AssertionError("events are answered " + answer.statusCode());
            }
            return new Events(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The events of one listener, until it is closed. */
    static final class Events implements AutoCloseable {
        private final InputStream body;
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final AtomicReference<JsonObject> latest = new AtomicReference<>(new JsonObject());

        private Events(InputStream body) {
            this.body = body;
            Thread reader = new Thread(this::read, "console-events");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    lines.add(line);
                    if (line.startsWith("data: ")) {
                        latest.set(JsonParser.parseString(line.substring("data: ".length()))
                                .getAsJsonObject());
                    }
                }
            } catch (IOException e) {
                // The test or the server closed it.
                lines.add("(ended)");
            }
        }

        /** Waits for a matching state and returns it. */
        JsonObject await(String what, Predicate<JsonObject> like) {
            Await.until(
                    () -> what + "; the state is " + latest.get(),
                    () -> latest.get().has("domain") && like.test(latest.get()),
                    LIMIT);
            return latest.get();
        }

        /** Returns everything received, unchanged. */
        String text() {
            return String.join("\n", lines);
        }

        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
