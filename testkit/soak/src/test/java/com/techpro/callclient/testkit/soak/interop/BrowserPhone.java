// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.sun.net.httpserver.HttpServer;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.Precondition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** A phone of JsSIP in a headless Chromium, registered over a WebSocket. */
final class BrowserPhone implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Path OUTPUT = Path.of("target", "browser");

    private final String extension;
    private final HttpServer pages;
    private final Chromium browser;

    BrowserPhone(Path directory, PhoneServer server, String extension, Path speech) throws IOException {
        this.extension = extension;
        Precondition.require(
                Files.isExecutable(Path.of("/usr/bin/chromium")), "Chromium (package chromium) at its usual place");
        String library = JsSip.script(Path.of("target", "npm").toAbsolutePath());
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/", "text/html", resource("browser-phone.html"));
        serve("/jssip.js", "text/javascript", library.getBytes(StandardCharsets.UTF_8));
        pages.start();
        Path profile = Files.createDirectories(directory.resolve("chromium"));
        URI page = URI.create("http://127.0.0.1:" + pages.getAddress().getPort() + "/");
        String pinned = PinnedKey.shownAt(server.port(SipTransport.WSS));
        browser = new Chromium(profile.toAbsolutePath(), page, speech.toAbsolutePath(), pinned);
        Await.until(
                "the page is there", () -> browser.evaluate("typeof register").equals("function"), LIMIT);
        browser.evaluate("register('wss://127.0.0.1:" + server.port(SipTransport.WSS) + "/ws', 'sip:" + extension + "@"
                + PhoneServer.DOMAIN + "', '" + PhoneServer.passwordOf(extension) + "')");
        awaitState("registered");
    }

    private void serve(String path, String type, byte[] content) {
        pages.createContext(path, exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            }
        });
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = BrowserPhone.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return in.readAllBytes();
        }
    }

    /** What the page shows: registered, rings, calls, talks, held by local, held by remote, ended, or what failed. */
    void awaitState(String state) {
        String[] shown = {""};
        Await.until(
                () -> "the page shows " + state + " and not " + shown[0] + "; Chromium printed\n" + browser.output(),
                () -> {
                    shown[0] = browser.evaluate("state()");
                    return shown[0].equals(state);
                },
                LIMIT);
    }

    void dial(String number) {
        browser.evaluate("dial('sip:" + number + "@" + PhoneServer.DOMAIN + "')");
    }

    void answer() {
        browser.evaluate("answer()");
    }

    void hold() {
        browser.evaluate("session.hold(); ''");
        awaitState("held by local");
    }

    void resume() {
        browser.evaluate("session.unhold(); ''");
        awaitState("talks");
    }

    void press(String keys) {
        browser.evaluate("session.sendDTMF('" + keys + "', {transportType: 'RFC2833'}); ''");
    }

    void hangUp() {
        browser.evaluate("session.terminate(); ''");
        awaitState("ended");
    }

    void forget() {
        browser.evaluate("heard = []; ''");
    }

    /** How many samples {@link #heard} has by now; costs the browser less than asking for them. */
    int recorded() {
        return Integer.parseInt(browser.evaluate("recorded()"));
    }

    /** 8000 samples a second. */
    short[] heard() {
        byte[] bytes = Base64.getDecoder().decode(browser.evaluate("recording()"));
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /** What the browser tells of the call's media; kept with a picture of the page among the test's output. */
    String keepStatistics(String name) {
        String statistics = browser.evaluate("stats()");
        try {
            Files.createDirectories(OUTPUT);
            Files.writeString(OUTPUT.resolve(name + ".json"), statistics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        browser.screenshot(OUTPUT.resolve(name + ".png"));
        return statistics;
    }

    /** The engine calls, the browser answers, and both hear; the statistics are kept under that name. */
    void isCalledBy(EnginePhone phone, HeadlessAudio ear, Recitation speech, String name) {
        Call call = phone.account().dial(extension);
        awaitState("rings");
        answer();
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        awaitState("talks");
        speech.assertHeard(ear);
        speech.assertHeard(this);
        keepStatistics(name);
        call.hangUp();
        awaitState("ended");
    }

    @Override
    public void close() {
        browser.close();
        pages.stop(0);
    }
}
