// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The console as a user has it, in a real browser and with the keyboard alone; its pictures are in {@code target/browser}. */
@Tag("browser")
class BrowserConsoleTest {
    private static final Path PICTURES = Path.of("target", "browser");

    /** A browser that is stopped may still write into its profile. */
    @TempDir(cleanup = CleanupMode.NEVER)
    Path directory;

    @Test
    void everything_is_seen_and_done_with_the_keyboard() throws IOException {
        try (EmbeddedPbx pbx = EmbeddedPbx.builder()
                        .extensions("1001", "1002", "1003")
                        .voicemail()
                        .traced()
                        .start();
                Console console = Console.open(pbx, pbx.voicemail(), 0);
                HeadlessChromium browser = new HeadlessChromium(directory, console.address())) {
            browser.await("document.getElementById('connection')?.textContent === 'Live'");
            assertThat(browser.evaluate("location.href")).doesNotContain("token");
            assertThat(browser.evaluate("document.cookie")).isEmpty();

            try (RegisteredPhone anna = new RegisteredPhone(pbx, "1001", true);
                    RegisteredPhone ben = new RegisteredPhone(pbx, "1002", true);
                    RegisteredPhone carl = new RegisteredPhone(pbx, "1003", true)) {
                browser.await("document.getElementById('registrations-body').rows.length === 3");
                pbx.voicemail().leave("1003", "1001", "Anna", new short[8_000]);
                browser.await("document.getElementById('mailboxes').innerText.includes('1003\\t1\\t1')");
                anna.dial("1002");
                browser.await("document.getElementById('calls-body').innerText.includes('talking')");

                rings(browser);
                switchesAFault(browser, pbx);
                shows(browser);
                browser.screenshot(PICTURES.resolve("pbx-console.png"));
                browser.dark(true);
                browser.screenshot(PICTURES.resolve("pbx-console-dark.png"));

                hangsUp(browser);
                browser.tabTo("e.id === 'forget'");
                browser.press("Space");
                browser.await("!document.getElementById('registrations-none').hidden");
                browser.await(
                        "document.getElementById('news').textContent.includes('1001 is not registered any more')");
            }
        }
    }

    private static void rings(HeadlessChromium browser) {
        browser.tabTo("e.id === 'ring-extension'");
        browser.evaluate("document.getElementById('ring-extension').value = '1003'");
        browser.tabTo("e.type === 'submit'");
        browser.press("Enter");
        browser.await("document.getElementById('rung').innerText.includes('Reception <+4930123456> → 1003: answered')");
        browser.await("document.getElementById('news').textContent.includes('Call to 1003: answered')");
        browser.await("document.getElementById('calls-body').innerText.includes('SDES-SRTP')");
    }

    private static void switchesAFault(HeadlessChromium browser, EmbeddedPbx pbx) {
        browser.tabTo("e.dataset.key === 'MEDIA_LOSS'");
        browser.press("Space");
        browser.await("document.activeElement.getAttribute('aria-checked') === 'true'");
        assertThat(pbx.faults().media().lostShare()).isPositive();
        browser.await("document.querySelector('#calls-body td.bad') !== null");
        browser.press("Space");
        browser.await("document.activeElement.getAttribute('aria-checked') === 'false'");
        assertThat(pbx.faults().media().lostShare()).isZero();
        browser.tabTo("e.dataset.key === 'RESPONSES_LATE'");
        browser.press("Enter");
        browser.await("document.activeElement.getAttribute('aria-checked') === 'true'");
    }

    /** The ladder comes in a frame, which no script reads: that it was asked for and drawn is seen by its size. */
    private static void shows(HeadlessChromium browser) {
        browser.tabTo("e.parentElement.parentElement.id === 'recent' && e.innerText.includes('1001 → 1002')");
        browser.press("Enter");
        browser.await("!document.getElementById('ladder').hidden");
        assertThat(browser.evaluate("document.activeElement.getAttribute('aria-pressed')"))
                .isEqualTo("true");
        browser.await(
                "performance.getEntriesByType('resource').some(e => e.name.includes('ladder?call') && e.transferSize > 5000)");
    }

    private static void hangsUp(HeadlessChromium browser) {
        browser.tabTo("e.innerText === 'Hang up'");
        browser.press("Enter");
        browser.await("document.getElementById('rung').innerText.includes('1003: over')");
        Await.until(
                "the focus is somewhere",
                () -> !browser.evaluate("document.activeElement.tagName").equals("BODY"));
    }
}
