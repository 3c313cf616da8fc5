// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.examples.desktop.window.Theme;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.awt.Component;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A user who locks the app with a PIN, at the real engine: set, changed, opened, wrong five times,
 * forgotten.
 */
@Tag("slow")
class LockTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final KeyStroke LOCK = KeyStroke.getKeyStroke(KeyEvent.VK_L, InputEvent.CTRL_DOWN_MASK);

    @TempDir
    Path directory;

    private EmbeddedPbx pbx;
    private PhoneUser anna;

    @BeforeEach
    void open() throws Exception {
        pbx = EmbeddedPbx.builder()
                .extensions("1001", "1002")
                .provisioning(
                        accounts -> accounts.password("1001", "word of 1001").name("1001", "Anna", "Keller"))
                .start();
        Files.writeString(directory.resolve("ca.pem"), pbx.authorityPem());
        anna = new PhoneUser(pbx, "1001", directory.resolve("ca.pem")).loggedIn();
    }

    @AfterEach
    void close() {
        anna.close();
        pbx.close();
    }

    private TestedUi ui() {
        return anna.ui();
    }

    private void setPin(String pin, String proof) {
        ui().press("show settings")
                .press("open lock form")
                .type("lock proof", proof)
                .type("new pin", pin)
                .type("new pin again", pin)
                .press("save pin");
    }

    private void locked() {
        setPin("270841", "word of 1001");
        ui().awaitText("notice", "The PIN is set.");
        ui().press("dismiss").press("lock now");
        awaitLocked();
    }

    private void awaitLocked() {
        Await.until(() -> "the lock screen", () -> isSeen("unlock"), LIMIT);
    }

    private void awaitOpen() {
        Await.until(() -> "the phone, not: " + ui().text("lock message"), () -> isSeen("user"), LIMIT);
    }

    private boolean isSeen(String name) {
        return TestedUi.onEdt(() -> TestedUi.parts(anna.panel()).stream()
                .anyMatch(part -> name.equals(part.getName()) && TestedUi.isSeen(part)));
    }

    private TestedUi unlock(String typed) {
        return ui().type("pin", typed).press("unlock");
    }

    private void restart() {
        anna.phone().client().close();
        anna.start();
        TestedUi.onEdt(() -> {
            anna.phone().restore();
            return true;
        });
    }

    @Test
    void a_pin_is_set_locks_at_a_key_and_opens() {
        assertThat(ui().text("lock state")).isEmpty();
        ui().key(LOCK);
        setPin("270841", "not her word");
        ui().awaitText("advice", LockOutcome.Result.WRONG_PASSWORD.advice());
        ui().type("lock proof", "word of 1001").type("new pin", "123456").type("new pin again", "123456");
        ui().press("save pin").awaitText("advice", LockOutcome.Result.PIN_TOO_SIMPLE.advice());
        ui().type("lock proof", "word of 1001").type("new pin", "270841").type("new pin again", "270841");
        ui().press("save pin").awaitText("notice", "The PIN is set.");
        assertThat(ui().text("lock state")).isEqualTo("Locks: after 5 minutes idle");
        assertThat(isSeen("new pin")).as("the form has done its work").isFalse();

        ui().key(LOCK);
        awaitLocked();
        assertThat(isSeen("user")).isFalse();
        unlock("270842").awaitText("lock message", "4 attempts are left.");
        unlock("270841");
        awaitOpen();
    }

    @Test
    void the_pin_is_changed_by_the_pin_so_far_and_taken_away_by_the_password() {
        locked();
        unlock("270841");
        awaitOpen();
        setPin("581374", "270841");
        ui().awaitText("notice", "The PIN is set.");
        ui().press("lock now");
        awaitLocked();
        unlock("270841").awaitText("lock message", "4 attempts are left.");
        unlock("581374");
        awaitOpen();

        ui().press("dismiss");
        if (!isSeen("lock proof")) {
            ui().press("open lock form");
        }
        ui().press("lock by password").type("lock proof", "word of 1001").press("lock off");
        ui().awaitText("notice", "The lock is off.");
        ui().key(LOCK);
        assertThat(ui().text("lock state")).startsWith("No PIN");
        assertThat(isSeen("user")).isTrue();
    }

    @Test
    void a_restart_is_locked_and_the_login_comes_back_with_the_pin() {
        locked();
        restart();
        awaitLocked();
        unlock("270841");
        awaitOpen();
        ui().awaitText("status", "Ready");
    }

    @Test
    void after_five_wrong_pins_the_password_is_asked_for_and_no_pin() {
        locked();
        for (int left = 4; left > 0; left--) {
            Await.until(() -> "an attempt is taken", () -> ui().isEnabled("unlock"), LIMIT);
            unlock("111222").awaitText("lock message", left == 1 ? "1 attempt is left." : left + " attempts are left.");
        }
        assertThat(ui().text("lock message")).contains("Wait ");
        Await.until(() -> "the last attempt is taken", () -> ui().isEnabled("unlock"), LIMIT);
        unlock("111222").awaitText("lock message", LockOutcome.Result.PIN_BLOCKED.advice());
        assertThat(isSeen("forgot")).as("a way back to the PIN").isFalse();
    }

    @Test
    void a_forgotten_pin_is_no_matter_with_the_password() {
        locked();
        unlock("111222").awaitText("lock message", "4 attempts are left.");
        ui().press("forgot");
        assertThat(ui().text("lock message")).isBlank();
        unlock("word of 1001");
        awaitOpen();
    }

    @Test
    void logging_out_of_the_lock_takes_a_second_word_and_erases_all() throws Exception {
        locked();
        ui().press("leave lock");
        assertThat(isSeen("erase everything")).isTrue();
        ui().key(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "lock");
        assertThat(isSeen("erase everything")).isFalse();
        assertThat(isSeen("unlock")).isTrue();
        assertThat(anna.store().names()).isNotEmpty();

        ui().press("leave lock").press("erase everything").awaitText("notice", "your data was erased");
        assertThat(isSeen("email")).isTrue();
        assertThat(anna.store().names()).isEmpty();
    }

    @Test
    void erasing_everything_starts_anew_also_after_a_restart() throws Exception {
        locked();
        restart();
        awaitLocked();
        ui().press("leave lock").press("erase everything").awaitText("notice", "your data was erased");
        assertThat(isSeen("email")).isTrue();
        assertThat(anna.store().names()).isEmpty();
        anna.loggedIn();
    }

    @Test
    void a_call_goes_on_behind_the_lock_and_another_can_be_answered() {
        setPin("270841", "word of 1001");
        ui().awaitText("notice", "The PIN is set.");
        ui().dial("600").awaitText("call status", "Connected");
        ui().press("lock now");
        awaitLocked();
        assertThat(ui().text("locked call")).isNotEmpty();
        ui().press("locked mute");
        Await.until(
                () -> "muted",
                () -> TestedUi.onEdt(
                        () -> anna.phone().shown().orElseThrow().snapshot().muted()),
                LIMIT);
        ui().press("locked hangup");
        Await.until(() -> "no call", () -> ui().text("locked call").isEmpty(), LIMIT);

        pbx.call("1001").from("Ben Okafor", "1002").ring();
        anna.awaitIncoming().press("answer");
        ui().awaitText("locked call", "Ben Okafor");
        ui().press("locked hangup");
        Await.until(() -> "no call", () -> ui().text("locked call").isEmpty(), LIMIT);
        assertThat(isSeen("notice")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void nothing_of_the_lock_screen_is_cut_off_and_no_two_keys_are_one(Theme theme) {
        locked();
        unlock("111222").awaitText("lock message", "4 attempts are left.");
        ui().press("leave lock");
        List<String> cut = TestedUi.onEdt(() -> {
            theme.apply();
            SwingUtilities.updateComponentTreeUI(anna.panel());
            Offscreen.paint(anna.panel(), 900, 640, 1);
            return TestedUi.cutOff(anna.panel());
        });

        assertThat(cut).isEmpty();
        assertThat(TestedUi.onEdt(() -> TestedUi.parts(anna.panel()).stream()
                        .filter(part -> "pin".equals(part.getName()))
                        .mapToInt(Component::getWidth)
                        .sum()))
                .as("the longest message has room beside the window's edge")
                .isEqualTo(440);
        assertThat(TestedUi.mnemonics(anna.panel()))
                .doesNotHaveDuplicates()
                .hasSize(4)
                .doesNotContain(0);
    }
}
