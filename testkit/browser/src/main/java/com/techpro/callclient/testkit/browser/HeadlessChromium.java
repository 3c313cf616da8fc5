// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.techpro.callclient.testkit.contracts.Precondition;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's Chromium without a window, driven by Playwright, whose driver the machine's Node runs: nothing is downloaded. To be used by the thread that started it.
 */
public final class HeadlessChromium implements AutoCloseable {
    /** How long a page may take to become what a test waits for. */
    private static final double LIMIT_MILLIS = 30_000;

    private static final int OLDEST_NODE = 20;

    /** More than a page of ours has. */
    private static final int MOST_STOPS = 100;

    private final Playwright playwright;
    private final Browser browser;

    private HeadlessChromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts one; skips the test, or fails it where nothing may be skipped, if the machine has none.
     *
     * @param arguments for Chromium's command line, beside Playwright's own
     */
    public static HeadlessChromium start(String... arguments) {
        Optional<Path> chromium = program("chromium");
        Precondition.require(chromium.isPresent(), "Chromium (package chromium)");
        Optional<Path> node = program("node");
        Precondition.require(node.isPresent(), "Node.js (package nodejs), which runs Playwright's driver,");
        Playwright playwright;
        try {
            playwright = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(Map.of(
                            "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                            "1",
                            "PLAYWRIGHT_NODEJS_PATH",
                            node.orElseThrow().toString())));
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "Playwright's driver does not start with " + node.orElseThrow() + "; it needs Node.js "
                            + OLDEST_NODE + " or newer",
                    e);
        }
        try {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium.orElseThrow())
                            .setArgs(List.of(arguments))
                            .setTimeout(LIMIT_MILLIS));
            PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT_MILLIS);
            return new HeadlessChromium(playwright, browser);
        } catch (PlaywrightException e) {
            playwright.close();
            throw new AssertionError(chromium.orElseThrow() + " does not start", e);
        }
    }

    private static Optional<Path> program(String name) {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** An empty page, with cookies and storage of its own. */
    public Page page(int width, int height) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height));
        context.setDefaultTimeout(LIMIT_MILLIS);
        return context.newPage();
    }

    /** What the page told its console, and what its scripts did not catch: nothing, in a page that is well. */
    public static List<String> complaints(Page page) {
        return Stream.concat(
                        page.consoleMessages().stream().map(message -> message.type() + ": " + message.text()),
                        page.pageErrors().stream())
                .toList();
    }

    /** Presses Tab until that has the focus, and fails if the keyboard does not get there. */
    public static void tabTo(Locator wanted) {
        assertThat(wanted).isVisible();
        for (int i = 0; i < MOST_STOPS; i++) {
            if (Boolean.TRUE.equals(wanted.evaluate("element => element === document.activeElement"))) {
                return;
            }
            wanted.page().keyboard().press("Tab");
        }
        throw new AssertionError("the keyboard does not get to " + wanted);
    }

    /** What keeps users of a screen reader or of low vision from the page as it stands, as axe sees it: names, roles, contrast and the like. Frames are left out. */
    public static List<String> barriers(Page page) {
        return new AxeBuilder(page)
                .exclude("iframe").analyze().getViolations().stream()
                        .flatMap(rule -> rule.getNodes().stream()
                                .map(node -> rule.getId() + ": " + rule.getHelp() + ": " + node.getHtml()))
                        .toList();
    }

    @Override
    public void close() {
        try (playwright) {
            browser.close();
        }
    }
}
