// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.browser.HeadlessChromium;
import com.techpro.callclient.testkit.pbx.trace.TracedMessage.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ladder as a file that a browser opens. */
@Tag("interop")
class BrowserLadderTest {
    private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");
    private static final Endpoint PBX = new Endpoint("PBX", new InetSocketAddress("10.0.0.1", 5061));
    private static final Endpoint ANNA = new Endpoint("1001", new InetSocketAddress("10.0.0.11", 40001));
    private static final int COUNT = 40;

    @Test
    void an_arrow_leads_to_its_message_and_back_and_no_secret_is_shown(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("ladder.html"),
                Ladder.html("1001 calls 1002", "", messages(), List.of(new StateMark(START, "1001", "dials"))));
        try (HeadlessChromium browser = HeadlessChromium.start()) {
            Page page = browser.page(1280, 900);
            page.navigate(file.toUri().toString());

            HeadlessChromium.tabTo(link(page, "1. INVITE, show the message"));
            page.keyboard().press("Enter");
            Locator first = message(page, "1. INVITE");
            assertThat(first).isInViewport();
            assertThat(first).hasCSS("outline-style", "solid");
            assertThat(first).containsText("INVITE sip:1002@pbx.test SIP/2.0");
            assertThat(first).containsText("Authorization: Digest [redacted]");

            Locator last = message(page, COUNT + ". OPTIONS");
            assertThat(last).not().isInViewport();
            link(page, COUNT + ". OPTIONS, show the message").click();
            assertThat(last).isInViewport();
            assertThat(first).not().isInViewport();
            last.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("previous"))
                    .click();
            Locator before = message(page, (COUNT - 1) + ". OPTIONS");
            assertThat(before).isInViewport();
            assertThat(before).hasCSS("outline-style", "solid");
            first.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("arrow"))
                    .click();
            assertThat(link(page, "1. INVITE, show the message")).isInViewport();

            assertThat(page.content()).doesNotContain("s3cret");
            assertThat(HeadlessChromium.barriers(page)).isEmpty();
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(HeadlessChromium.barriers(page)).isEmpty();
            assertThat(HeadlessChromium.complaints(page)).isEmpty();
        }
    }

    @Test
    void sound_is_played_and_its_waveform_is_drawn(@TempDir Path directory) throws IOException {
        TraceFiles.write(directory, "1001 calls 1002", "", messages(), List.of(), List.of(recording()));
        try (HeadlessChromium browser = HeadlessChromium.start()) {
            Page page = browser.page(1280, 900);
            page.navigate(directory.resolve(TraceFiles.LADDER).toUri().toString());

            Locator player = page.locator("audio");
            assertThat(player).hasCount(1);
            assertThat(player).hasAttribute("src", "sound-1-1001-sent.wav");
            assertThat(((Number) player.evaluate(waitFor("audio.duration"))).doubleValue())
                    .isBetween(1.99, 2.01);
            player.evaluate("audio => { audio.muted = true; return audio.play(); }");
            assertThat(((Number) player.evaluate(waitFor("audio.currentTime"))).doubleValue())
                    .isPositive();
            assertThat(page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("1001 sent")))
                    .isVisible();
            assertThat(page.locator(".lost")).hasCount(1);

            assertThat(HeadlessChromium.barriers(page)).isEmpty();
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(HeadlessChromium.barriers(page)).isEmpty();
            assertThat(HeadlessChromium.complaints(page)).isEmpty();
        }
    }

    /** The page's policy lets nothing be evaluated that is text. */
    private static String waitFor(String figure) {
        return "audio => new Promise((told, failed) => { const look = () => audio.error ? failed(audio.error.message)"
                + " : " + figure + " > 0 ? told(" + figure + ") : setTimeout(look, 20); look(); })";
    }

    /** Two seconds with a hole in them, of one direction. */
    private static MediaRecording recording() {
        MediaRecording recording = new MediaRecording(self -> {});
        for (int i = 0; i < 100; i++) {
            if (i < 30 || i > 40) {
                recording.rtp(RecordedSoundTest.packet(20 * i, i, 160 * i, i % 2 + 1));
            }
        }
        return recording;
    }

    @Test
    void on_a_narrow_screen_the_drawing_alone_is_scrolled_sideways(@TempDir Path directory) throws IOException {
        TraceFiles.write(
                directory,
                "AClassWithARatherLongName.and_a_method_that_says_what_it_is_about",
                "",
                messages(),
                List.of(new StateMark(START, "1001", "dials")),
                List.of(recording()));
        try (HeadlessChromium browser = HeadlessChromium.start()) {
            Page page = browser.page(420, 800);
            page.navigate(directory.resolve(TraceFiles.LADDER).toUri().toString());

            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(420);
            assertThat((Boolean) page.locator(".diagram").evaluate("box => box.scrollWidth > box.clientWidth"))
                    .isTrue();
            assertThat((Boolean) page.evaluate(WRAPS)).isTrue();
            assertThat(HeadlessChromium.barriers(page)).isEmpty();
        }
    }

    /** No text outside the drawing is cut off, scrolled sideways or under 11 pixels. */
    private static final String WRAPS = """
            [...document.querySelectorAll('h1, h2, h3, p, pre, figcaption, figure a')].every(text => {
                const box = text.getBoundingClientRect();
                return text.scrollWidth <= text.clientWidth + 1 && box.left >= 0 && box.right <= 420
                    && parseFloat(getComputedStyle(text).fontSize) >= 11;
            })""";

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator message(Page page, String title) {
        return page.getByRole(AriaRole.ARTICLE)
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(title).setExact(true))));
    }

    private static List<TracedMessage> messages() {
        List<TracedMessage> messages = new ArrayList<>();
        messages.add(message(
                0,
                ANNA,
                PBX,
                "INVITE sip:1002@pbx.test SIP/2.0\r\nFrom: \"<img src=x onerror=alert(1)>\" <sip:1001@pbx.test>;tag=1\r\nCSeq: 1 INVITE\r\n"
                        + "Authorization: Digest username=\"1001\", response=\"s3cret\"\r\nContent-Type: application/sdp\r\n\r\n"
                        + "v=0\r\nm=audio 4000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:s3cret\r\n"));
        messages.add(message(1, PBX, ANNA, "SIP/2.0 486 Busy Here\r\nCSeq: 1 INVITE\r\n\r\n"));
        messages.add(message(2, PBX, ANNA, "SIP/2.0 180 Ringing\r\nCSeq: 2 INVITE\r\n\r\n"));
        messages.add(message(3, PBX, ANNA, "SIP/2.0 200 OK\r\nCSeq: 2 INVITE\r\n\r\n"));
        for (int i = messages.size(); i < COUNT; i++) {
            messages.add(message(i, ANNA, PBX, "OPTIONS sip:pbx.test SIP/2.0\r\nCSeq: " + i + " OPTIONS\r\n\r\n"));
        }
        return messages;
    }

    private static TracedMessage message(int millis, Endpoint from, Endpoint to, String text) {
        return TracedMessage.of(
                START.plusMillis(millis), SipTransport.TLS, from, to, text.getBytes(StandardCharsets.UTF_8));
    }
}
