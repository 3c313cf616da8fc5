// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.techpro.callclient.testkit.browser.HeadlessChromium;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report as a file that a browser opens, with the keyboard alone. */
@Tag("interop")
class BrowserReportTest {
    @Test
    void a_call_is_searched_for_and_found(@TempDir Path directory) throws IOException {
        ReportFiles.write(ReportTest.report(false, "gate of trouble"), null, directory);
        try (HeadlessChromium browser = HeadlessChromium.start()) {
            Page page = browser.page(1280, 1000);
            page.navigate(directory.resolve("report.html").toUri().toString());
            Locator rows = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Calls"))
                    .locator("tbody")
                    .getByRole(AriaRole.ROW);
            assertThat(rows).hasCount(2);
            assertThat(rows.last()).containsText("<script>alert('x' & \"y\")</script>");

            Locator search = page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Search"));
            HeadlessChromium.tabTo(search);
            page.keyboard().type("#3 OPUS");
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("1 of 2 shown");
            assertThat(rows).hasCount(1);
            assertThat(rows).containsText("#0 → #3");
            page.keyboard().type(" no such word");
            assertThat(rows).hasCount(0);
            page.keyboard().press("ControlOrMeta+A");
            page.keyboard().press("Delete");
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("2 of 2 shown");

            assertThat(HeadlessChromium.barriers(page)).isEmpty();
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(HeadlessChromium.barriers(page)).isEmpty();
            assertThat(HeadlessChromium.complaints(page)).isEmpty();
        }
    }
}
