// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.browser.HeadlessChromium;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** A phone of JsSIP in a headless Chromium, registered over a WebSocket. */
final class BrowserPhone implements AutoCloseable {
    private static final Path OUTPUT = Path.of("target", "browser");

    private final String extension;
    private final HttpServer pages;
    private final HeadlessChromium browser;
    private final Page page;

    BrowserPhone(PhoneServer server, String extension, Path speech) throws IOException {
        this.extension = extension;
        browser = HeadlessChromium.start(
                "--ignore-certificate-errors-spki-list=" + PinnedKey.shownAt(server.port(SipTransport.WSS)),
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                "--use-file-for-fake-audio-capture=" + speech.toAbsolutePath(),
                "--autoplay-policy=no-user-gesture-required",
                "--allow-loopback-in-peer-connection");
        try {
            String library = JsSip.script(Path.of("target", "npm").toAbsolutePath());
            pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            serve("/", "text/html", resource("browser-phone.html"));
            serve("/jssip.js", "text/javascript", library.getBytes(StandardCharsets.UTF_8));
            pages.start();
            page = browser.page(640, 400);
            page.navigate("http://127.0.0.1:" + pages.getAddress().getPort() + "/");
            page.evaluate(
                    "([server, uri, password]) => register(server, uri, password)",
                    List.of(
                            "wss://127.0.0.1:" + server.port(SipTransport.WSS) + "/ws",
                            "sip:" + extension + "@" + PhoneServer.DOMAIN,
                            PhoneServer.passwordOf(extension)));
            awaitState("registered");
        } catch (IOException | RuntimeException | Error e) {
            browser.close();
            throw e;
        }
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
        try {
            assertThat(page.locator("#state")).hasText(state);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nThe page told\n" + String.join("\n", HeadlessChromium.complaints(page)), e);
        }
    }

    void dial(String number) {
        page.evaluate("uri => dial(uri)", "sip:" + number + "@" + PhoneServer.DOMAIN);
    }

    void answer() {
        page.evaluate("() => answer()");
    }

    void hold() {
        page.waitForFunction("() => session.hold()");
        awaitState("held by local");
    }

    /** JsSIP declines while its last re-INVITE goes on. */
    void resume() {
        page.waitForFunction("() => session.unhold()");
        awaitState("talks");
    }

    void press(String keys) {
        page.evaluate("keys => { session.sendDTMF(keys, {transportType: 'RFC2833'}); }", keys);
    }

    void hangUp() {
        page.evaluate("() => { session.terminate(); }");
        awaitState("ended");
    }

    void forget() {
        page.evaluate("() => { heard = []; }");
    }

    /** How many samples {@link #heard} has by now; costs the browser less than asking for them. */
    int recorded() {
        return (int) page.evaluate("() => recorded()");
    }

    /** 8000 samples a second. */
    short[] heard() {
        byte[] bytes = Base64.getDecoder().decode((String) page.evaluate("() => recording()"));
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /** What the browser tells of the call's media; kept with a picture of the page among the test's output. */
    String keepStatistics(String name) {
        String statistics = (String) page.evaluate("() => stats()");
        try {
            Files.createDirectories(OUTPUT);
            Files.writeString(OUTPUT.resolve(name + ".json"), statistics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        page.screenshot(new Page.ScreenshotOptions().setPath(OUTPUT.resolve(name + ".png")));
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
