// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A headless Chromium with one page, driven by its DevTools protocol, whose microphone hears a file. */
final class Chromium implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final PeerProcess process;
    private final WebSocket devTools;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();

    /**
     * @param profile a folder of its own
     * @param microphone a WAV file, heard over and over
     * @param pinned the key that is trusted without a chain: SHA-256 of a SubjectPublicKeyInfo, in Base64
     */
    Chromium(Path profile, URI page, Path microphone, String pinned) {
        process = PeerProcess.start(
                profile,
                List.of(
                        "chromium",
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--enable-logging=stderr",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--ignore-certificate-errors-spki-list=" + pinned,
                        "--use-fake-ui-for-media-stream",
                        "--use-fake-device-for-media-stream",
                        "--use-file-for-fake-audio-capture=" + microphone,
                        "--autoplay-policy=no-user-gesture-required",
                        "--allow-loopback-in-peer-connection",
                        "--window-size=640,400",
                        page.toString()));
        try {
            devTools = connect(profile);
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    private WebSocket connect(Path profile) {
        Path told = profile.resolve("DevToolsActivePort");
        Await.until(() -> "Chromium tells its port; it printed\n" + process.output(), () -> Files.exists(told), LIMIT);
        String[] address = {""};
        Await.until(
                "Chromium shows its page",
                () -> {
                    address[0] = pageAddress(told);
                    return !address[0].isEmpty();
                },
                LIMIT);
        return http.newWebSocketBuilder()
                .buildAsync(URI.create(address[0]), new Answers())
                .join();
    }

    private String pageAddress(Path told) {
        try {
            List<String> lines = Files.readAllLines(told);
            if (lines.isEmpty()) {
                return "";
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + lines.get(0) + "/json"))
                    .timeout(LIMIT)
                    .build();
            String body =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            for (JsonElement target : JsonParser.parseString(body).getAsJsonArray()) {
                JsonObject one = target.getAsJsonObject();
                if (one.get("type").getAsString().equals("page")) {
                    return one.get("webSocketDebuggerUrl").getAsString();
                }
            }
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                JsonObject answer = JsonParser.parseString(message.toString()).getAsJsonObject();
                message.setLength(0);
                if (answer.has("id")) {
                    CompletableFuture<JsonObject> waiting =
                            pending.remove(answer.get("id").getAsInt());
                    if (waiting != null) {
                        waiting.complete(answer);
                    }
                }
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private JsonObject ask(String method, JsonObject parameters) {
        int id = ids.incrementAndGet();
        JsonObject request = new JsonObject();
        request.addProperty("id", id);
        request.addProperty("method", method);
        request.add("params", parameters);
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        pending.put(id, answer);
        devTools.sendText(request.toString(), true).join();
        try {
            JsonObject got = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (got.has("error")) {
                throw new AssertionError(method + ": " + got.get("error"));
            }
            return got.getAsJsonObject("result");
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(method + " was not answered; Chromium printed\n" + process.output(), e);
        }
    }

    /** What an expression comes to in the page, as text; a promise is waited for. */
    String evaluate(String expression) {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("expression", expression);
        parameters.addProperty("awaitPromise", true);
        parameters.addProperty("returnByValue", true);
        JsonObject result = ask("Runtime.evaluate", parameters);
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
        }
        JsonElement value = result.getAsJsonObject("result").get("value");
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }

    /** What it printed, and what the page told its console. */
    String output() {
        return process.output();
    }

    /** The page as it looks, as PNG. */
    void screenshot(Path file) {
        String data =
                ask("Page.captureScreenshot", new JsonObject()).get("data").getAsString();
        try {
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        devTools.abort();
        process.close();
    }
}
