// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import com.techpro.callclient.testkit.browser.HeadlessChromium;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The console in a real browser, with elements found by roles and names as a screen reader reads
 * them, and used by keyboard only. Its pictures are in {@code target/browser}.
 */
@Tag("interop")
class BrowserConsoleTest {
    private static final Path PICTURES = Path.of("target", "browser");

    /** A foreign name that DNS leads to this machine. */
    private static final String REBOUND = "rebound.example.org";

    private static final String PASSWORD = "open-sesame-1001";

    private static HeadlessChromium browser;

    private EmbeddedPbx pbx;
    private Console console;
    private Page page;

    @BeforeAll
    static void startBrowser() {
        browser = HeadlessChromium.start("--host-resolver-rules=MAP " + REBOUND + " 127.0.0.1", "--hide-scrollbars");
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        pbx = EmbeddedPbx.builder()
                .extension("1001", PASSWORD)
                .extension("1002", "open-sesame-1002")
                .extension("1003", "open-sesame-1003")
                .voicemail()
                .traced()
                .start();
        console = Console.open(pbx, pbx.voicemail(), 0);
        page = browser.page(1280, 1500);
    }

    @AfterEach
    void close() {
        page.context().close();
        console.close();
        pbx.close();
    }

    private Locator region(String name) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator fault(String name) {
        return page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName(name));
    }

    private Locator row(Locator within, String name) {
        return within.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName(name));
    }

    private Locator news() {
        return page.getByRole(AriaRole.LOG);
    }

    private void logIn() {
        page.navigate(console.address());
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Live");
    }

    @Test
    void everything_is_seen_and_done_with_the_keyboard() throws IOException {
        logIn();
        assertThat(page).hasURL(URI.create(console.address()).resolve("/").toString());
        assertThat(page.evaluate("document.cookie")).isEqualTo("");

        try (RegisteredPhone anna = new RegisteredPhone(pbx, "1001", true);
                RegisteredPhone ben = new RegisteredPhone(pbx, "1002", true);
                RegisteredPhone carl = new RegisteredPhone(pbx, "1003", true)) {
            for (String extension : List.of("1001", "1002", "1003")) {
                assertThat(row(region("Extensions"), extension + " free TLS")).isVisible();
            }
            pbx.voicemail().leave("1003", "1001", "Anna", new short[8_000]);
            assertThat(row(region("Extensions"), "1003")).containsText("1 new, 1 stored");
            anna.dial("1002");
            assertThat(row(region("Live calls"), "talking")).isVisible();

            rings();
            switchesFaults();
            assertThat(HeadlessChromium.barriers(page)).isEmpty();
            showsALadder();
            picture("pbx-console.png");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(HeadlessChromium.barriers(page)).isEmpty();
            picture("pbx-console-dark.png");
            hangsUp();

            HeadlessChromium.tabTo(button(region("Extensions"), "Forget all registrations"));
            page.keyboard().press("Space");
            assertThat(row(region("Extensions"), "1003 not registered")).isVisible();
            assertThat(news()).containsText("1001 is no longer registered.");
        }
        assertThat(HeadlessChromium.complaints(page)).isEmpty();
    }

    private void rings() {
        Locator form = region("Ring an extension");
        HeadlessChromium.tabTo(form.getByLabel("Extension"));
        page.keyboard().type("1003");
        assertThat(form.getByLabel("Extension")).hasValue("1003");
        HeadlessChromium.tabTo(button(form, "Ring"));
        page.keyboard().press("Enter");
        assertThat(form.getByRole(AriaRole.LISTITEM)).containsText("Reception <+4930123456> → 1003: answered");
        assertThat(news()).containsText("Call to 1003: answered");
        assertThat(row(region("Live calls"), "Reception")).containsText("SDES-SRTP");
    }

    private void switchesFaults() {
        Locator loss = fault("10 % of media packets are lost");
        HeadlessChromium.tabTo(loss);
        page.keyboard().press("Space");
        assertThat(loss).isChecked();
        assertThat(loss).isFocused();
        assertThat(pbx.faults().media().lostShare()).isPositive();
        assertThat(news()).containsText("10 % of media packets are lost: on");
        assertThat(region("Live calls").locator("td.bad").first()).isVisible();
        page.keyboard().press("Space");
        assertThat(loss).not().isChecked();
        assertThat(pbx.faults().media().lostShare()).isZero();
        HeadlessChromium.tabTo(fault("Responses come 500 ms late"));
        page.keyboard().press("Enter");
        assertThat(fault("Responses come 500 ms late")).isChecked();
    }

    /** Beside the list, in a frame without scripts, and in its own tab. */
    private void showsALadder() {
        Locator call =
                region("Last calls").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("1001 → 1002"));
        HeadlessChromium.tabTo(call);
        page.keyboard().press("Enter");
        assertThat(call).hasAttribute("aria-pressed", "true");
        assertThat(call).isFocused();
        assertThat(region("Last calls")).containsText("1001 calls 1002");
        assertThat(page.frameLocator("iframe[title='Ladder of the call']")
                        .getByRole(AriaRole.HEADING, new FrameLocator.GetByRoleOptions().setLevel(1)))
                .hasText("1001 calls 1002");

        assertThat(region("Last calls")
                        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Recording as WAV")))
                .hasAttribute("href", Pattern.compile("^recording\\?call=.+"));
        Locator link =
                region("Last calls").getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Open in a tab"));
        HeadlessChromium.tabTo(link);
        Page ladder = page.context().waitForPage(() -> page.keyboard().press("Enter"));
        assertThat(ladder).hasTitle("1001 calls 1002 · SIP ladder");
        assertThat(ladder.locator("body")).containsText("INVITE sip:1002");
        assertThat(ladder.content()).doesNotContain("inline:", "response=\"", PASSWORD);
        ladder.close();
    }

    private void hangsUp() {
        Locator form = region("Ring an extension");
        HeadlessChromium.tabTo(button(form, "Hang up the call to 1003"));
        page.keyboard().press("Enter");
        assertThat(form.getByRole(AriaRole.LISTITEM)).containsText("1003: ended");
        // The focused element is gone: the focus stays in the page, or Tab would start at its top.
        assertThat(page.locator("body:not(:focus) :focus")).isVisible();
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)));
    }

    @Test
    void a_request_without_a_token_or_by_another_host_name_is_refused() {
        URI address = URI.create(console.address());
        String rebound = "http://" + REBOUND + ":" + address.getPort() + "/";
        for (String refused : List.of(
                address.resolve("/").toString(),
                address.resolve("/?token=AAAAAAAAAAAAAAAAAAAAAA").toString(),
                rebound,
                rebound + "?" + address.getQuery())) {
            Response answer = page.navigate(refused);
            assertThat(answer.status()).as(refused).isEqualTo(403);
            assertThat(page.getByRole(AriaRole.BUTTON)).hasCount(0);
            assertThat(page.context().cookies()).isEmpty();
        }
    }

    /** A cookie is sent to every port of a host, SameSite or not. */
    @Test
    void a_page_of_another_port_has_the_cookie_sent_and_changes_nothing() throws IOException {
        logIn();
        byte[] form =
                """
                <!doctype html>
                <form method="post" enctype="text/plain" action="%s">
                  <input type="hidden" name='{"id": "INVITE_503", "on": "true", "rest": "' value='"}'>
                  <button>Win a prize</button>
                </form>
                """.formatted(URI.create(console.address()).resolve("/fault")).getBytes(StandardCharsets.UTF_8);
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        other.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, form.length);
                exchange.getResponseBody().write(form);
            }
        });
        other.start();
        try {
            Page theirs = page.context().newPage();
            theirs.navigate("http://127.0.0.1:" + other.getAddress().getPort() + "/");
            Response answer = theirs.waitForResponse(
                    "**/fault", () -> theirs.getByRole(AriaRole.BUTTON).click());
            assertThat(answer.request().allHeaders().get("cookie")).startsWith("callclient-console-");
            assertThat(answer.status()).isEqualTo(403);
            HeadlessChromium.tabTo(fault("10 % of media packets are lost"));
            page.keyboard().press("Space");
            assertThat(fault("10 % of media packets are lost")).isChecked();
            assertThat(fault("Calls are answered with 503")).not().isChecked();
        } finally {
            other.stop(0);
        }
    }
}
