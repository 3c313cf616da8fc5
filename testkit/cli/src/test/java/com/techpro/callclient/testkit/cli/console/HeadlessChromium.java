// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.Precondition;
import java.io.File;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A page in a headless Chromium, with keys pressed and looks taken by its DevTools protocol. */
final class HeadlessChromium implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final WebSocket tools;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();

    /** @param profile a folder of its own */
    HeadlessChromium(Path profile, String page) throws IOException {
        Precondition.require(
                Files.isExecutable(Path.of("/usr/bin/chromium")), "Chromium (package chromium) at its usual place");
        File log = profile.resolve("chromium.log").toFile();
        process = new ProcessBuilder(List.of(
                        "/usr/bin/chromium",
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--window-size=1280,1500",
                        page))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            Path told = profile.resolve("DevToolsActivePort");
            Await.until(
                    "Chromium tells its port",
                    () -> Files.exists(told) && !lines(told).isEmpty(),
                    LIMIT);
            URI list = URI.create("http://127.0.0.1:" + lines(told).get(0) + "/json");
            String[] address = {""};
            Await.until(
                    "Chromium shows its page",
                    () -> {
                        address[0] = pageIn(list);
                        return !address[0].isEmpty();
                    },
                    LIMIT);
            tools = http.newWebSocketBuilder()
                    .buildAsync(URI.create(address[0]), new Answers())
                    .join();
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String pageIn(URI list) {
        String answer = http.sendAsync(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .join()
                .body();
        for (JsonElement target : JsonParser.parseString(answer).getAsJsonArray()) {
            if (target.getAsJsonObject().get("type").getAsString().equals("page")) {
                return target.getAsJsonObject().get("webSocketDebuggerUrl").getAsString();
            }
        }
        return "";
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                JsonObject answer = JsonParser.parseString(message.toString()).getAsJsonObject();
                message.setLength(0);
                CompletableFuture<JsonObject> waiting =
                        answer.has("id") ? asked.remove(answer.get("id").getAsInt()) : null;
                if (waiting != null) {
                    waiting.complete(answer);
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
        asked.put(id, answer);
        tools.sendText(request.toString(), true).join();
        JsonObject got = answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        if (got.has("error")) {
            throw new AssertionError(method + ": " + got.get("error"));
        }
        return got.getAsJsonObject("result");
    }

    /** What an expression comes to in the page, as text. */
    String evaluate(String expression) {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("expression", "String(" + expression + ")");
        JsonObject result = ask("Runtime.evaluate", parameters);
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
        }
        return result.getAsJsonObject("result").get("value").getAsString();
    }

    /** Waits until the page says so. */
    void await(String expression) {
        Await.until(
                () -> expression + "; the page reads\n" + evaluate("document.body.innerText"),
                () -> evaluate(expression).equals("true"),
                LIMIT);
    }

    /** Presses a key as a hand does: {@code Tab}, {@code Enter} or {@code Space}. */
    void press(String key) {
        boolean space = key.equals("Space");
        for (String type : List.of("keyDown", "keyUp")) {
            JsonObject event = new JsonObject();
            event.addProperty("type", type);
            event.addProperty("code", key);
            event.addProperty("key", space ? " " : key);
            event.addProperty("windowsVirtualKeyCode", key.equals("Tab") ? 9 : space ? 32 : 13);
            if (type.equals("keyDown") && !key.equals("Tab")) {
                event.addProperty("text", space ? " " : "\r");
            }
            ask("Input.dispatchKeyEvent", event);
        }
    }

    /** Presses Tab until what has the focus is like that. */
    void tabTo(String condition) {
        for (int i = 0; i < 60; i++) {
            if (evaluate("(e => " + condition + ")(document.activeElement)").equals("true")) {
                return;
            }
            press("Tab");
        }
        throw new AssertionError("the keyboard does not get to " + condition);
    }

    /** Has the page in the dark, or in the light. */
    void dark(boolean on) {
        JsonObject feature = new JsonObject();
        feature.addProperty("name", "prefers-color-scheme");
        feature.addProperty("value", on ? "dark" : "light");
        JsonArray features = new JsonArray();
        features.add(feature);
        JsonObject parameters = new JsonObject();
        parameters.add("features", features);
        ask("Emulation.setEmulatedMedia", parameters);
    }

    /** The page as it looks, as PNG. */
    void screenshot(Path file) {
        String data =
                ask("Page.captureScreenshot", new JsonObject()).get("data").getAsString();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tools.abort();
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        family.forEach(ProcessHandle::destroy);
        process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }
}
