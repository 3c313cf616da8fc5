// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.window.Theme;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JList;
import javax.swing.JSlider;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the windows are like for people who see them, and for people who hear them. */
class WindowsTest {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 640;

    @TempDir
    static Path directory;

    private static EmbeddedPbx pbx;
    private static PhoneUser anna;

    @BeforeAll
    static void ring() throws Exception {
        pbx = EmbeddedPbx.builder()
                .extensions("1001", "1002")
                .provisioning(accounts -> accounts.password("1001", "word of 1001"))
                .start();
        Files.writeString(directory.resolve("ca.pem"), pbx.authorityPem());
        anna = new PhoneUser(pbx, "1001", directory.resolve("ca.pem")).loggedIn();
        anna.ui().dial("600").awaitText("call status", "Connected");
        pbx.call("1001").from("Ben Okafor", "1002").ring();
        anna.awaitIncoming();
    }

    @AfterAll
    static void close() {
        anna.close();
        pbx.close();
    }

    private static List<JComponent> everything() {
        List<JComponent> all = new ArrayList<>(TestedUi.parts(anna.panel()));
        all.addAll(TestedUi.parts(anna.incoming()));
        return all;
    }

    private static boolean isUsed(JComponent part) {
        boolean own = part.getName() != null;
        return own
                && (part instanceof AbstractButton
                        || part instanceof JTextComponent
                        || part instanceof JComboBox
                        || part instanceof JList
                        || part instanceof JSlider);
    }

    @Test
    void everything_that_is_used_has_a_name_in_words() {
        List<String> without = TestedUi.onEdt(() -> everything().stream()
                .filter(WindowsTest::isUsed)
                .filter(part -> {
                    String spoken = part.getAccessibleContext().getAccessibleName();
                    return spoken == null || spoken.isBlank();
                })
                .map(JComponent::getName)
                .toList());
        long used = TestedUi.onEdt(
                () -> everything().stream().filter(WindowsTest::isUsed).count());

        assertThat(without).isEmpty();
        assertThat(used).isGreaterThan(50);
    }

    @Test
    void no_button_has_an_icon_alone_without_a_tooltip() {
        List<String> without = TestedUi.onEdt(() -> everything().stream()
                .filter(AbstractButton.class::isInstance)
                .filter(part -> part.getName() != null)
                .filter(part -> ((AbstractButton) part).getText().isEmpty())
                .filter(part -> part.getToolTipText() == null)
                .map(JComponent::getName)
                .toList());

        assertThat(without).isEmpty();
    }

    @Test
    void no_two_buttons_that_are_seen_together_have_one_mnemonic() {
        List<Integer> mnemonics = TestedUi.mnemonics(anna.panel()).stream()
                .filter(mnemonic -> mnemonic != 0)
                .toList();

        assertThat(mnemonics).doesNotHaveDuplicates().hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void no_text_is_cut_off_in_the_smallest_window_and_both_themes_paint(Theme theme) {
        List<String> cut = new ArrayList<>();
        BufferedImage picture = TestedUi.onEdt(() -> {
            theme.apply();
            anna.phone()
                    .tellProblem(
                            "The call with somebody of a long name, at an organisation of a long name, failed.",
                            "Use an address like name@example.org, and a server like pbx.example.org:443.");
            SwingUtilities.updateComponentTreeUI(anna.panel());
            BufferedImage painted = Offscreen.paint(anna.panel(), WIDTH, HEIGHT, 1);
            // At once, since the call goes on: what it shows next is not laid out yet.
            cut.addAll(TestedUi.cutOff(anna.panel()));
            return painted;
        });

        assertThat(cut).isEmpty();
        int corner = picture.getRGB(WIDTH - 40, HEIGHT - 40) & 0xff;
        assertThat(corner < 128).isEqualTo(theme == Theme.DARK);
    }

    @Test
    void the_phone_model_does_not_depend_on_the_windows() throws Exception {
        Path sources = Path.of("src/main/java", Phone.class.getPackageName().replace('.', '/'));
        try (var files = Files.list(sources)) {
            List<Path> all = files.toList();
            assertThat(all).hasSizeGreaterThan(3);
            for (Path file : all) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain("import java.awt", "import javax.swing", "import com.formdev");
            }
        }
    }
}
