// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three users at their softphones, and the embedded PBX. The panels are those of the window, which needs a screen and is left out. */
class DesktopPhoneTest {
    @TempDir
    Path directory;

    private EmbeddedPbx pbx;
    private User anna;
    private User ben;

    /** Somebody who clicks. */
    private final class User implements AutoCloseable {
        private final String extension;
        private final FakeSecureStore store = new FakeSecureStore();
        private Phone phone;
        private TestedUi ui;

        User(String extension) {
            this.extension = extension;
            start();
        }

        void start() {
            phone = TestedUi.onEdt(() -> new Phone(new SilentAudio(), store));
            ui = new TestedUi(TestedUi.onEdt(() -> new PhonePanel(phone, pbx.phoneSystem())));
        }

        User loggedIn() {
            ui.login(pbx, extension, "word of " + extension, directory.resolve("ca.pem"));
            ui.awaitText("status", "Ready");
            return this;
        }

        @Override
        public void close() {
            phone.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        pbx = EmbeddedPbx.builder()
                .extensions("1001", "1002", "1003")
                .voicemail()
                .provisioning(accounts -> accounts.password("1001", "word of 1001")
                        .password("1002", "word of 1002")
                        .password("1003", "word of 1003"))
                .start();
        Files.writeString(directory.resolve("ca.pem"), pbx.authorityPem());
        anna = new User("1001");
        ben = new User("1002");
    }

    @AfterEach
    void close() {
        anna.close();
        ben.close();
        pbx.close();
    }

    private void talk() {
        anna.loggedIn();
        ben.loggedIn();
        anna.ui.press("key 1").press("key 0").press("key 0").press("key 2");
        anna.ui.press("dial");
        ben.ui.awaitLine("calls", "calls you");
        ben.ui.press("answer");
        anna.ui.awaitLine("calls", "talking, encrypted");
        ben.ui.awaitLine("calls", "talking, encrypted");
    }

    @Test
    void a_call_is_made_answered_held_and_ended() {
        talk();
        anna.ui.press("hold");
        anna.ui.awaitLine("calls", "on hold");
        ben.ui.awaitLine("calls", "has put you on hold");
        anna.ui.press("hold");
        ben.ui.awaitLine("calls", "talking");
        anna.ui.press("mute");
        anna.ui.awaitLine("calls", "muted");
        ben.ui.press("hangup");
        anna.ui.awaitEmpty("calls");
        ben.ui.awaitEmpty("calls");
    }

    @Test
    void a_call_is_transferred_and_its_lamp_shows_it() {
        try (User carla = new User("1003").loggedIn()) {
            talk();
            carla.ui.type("extension", "1002").press("watch");
            carla.ui.awaitLine("lamps", "1002: talking");
            ben.ui.type("number", "1003").press("transfer");
            carla.ui.awaitLine("calls", "calls you");
            carla.ui.press("answer");
            carla.ui.awaitLine("calls", "talking");
            ben.ui.awaitEmpty("calls");
            carla.ui.awaitLine("lamps", "1002: free");
            anna.ui.awaitLine("calls", "talking");
            anna.ui.press("hangup");
            carla.ui.awaitEmpty("calls");
        }
    }

    @Test
    void a_room_shows_who_is_in_it() {
        anna.loggedIn().ui.type("room", "8000").press("join");
        ben.loggedIn().ui.type("room", "8000").press("join");
        anna.ui.awaitLine("roster", "(you)");
        ben.ui.awaitLine("roster", "1001");
        anna.ui.awaitLine("roster", "1002");
        ben.ui.press("leave");
        ben.ui.awaitLine("roster", "You are in no room.");
        anna.ui.press("leave");
        anna.ui.awaitLine("roster", "You are in no room.");
    }

    @Test
    void a_message_is_listed_and_deleted() {
        pbx.voicemail().leave("1001", "1002", "Ben", new short[16_000]);
        anna.loggedIn();
        anna.ui.awaitLine("messages", "Ben");
        anna.ui.awaitText("voicemail summary", "1 messages, 1 not heard yet");
        anna.ui.choose("messages", 0).press("delete");
        anna.ui.awaitEmpty("messages");
    }

    @Test
    void the_microphone_that_is_chosen_is_that_of_the_next_call() {
        assertThat(anna.phone.options().captureDevice()).isNull();
        anna.ui.pick("microphone", "Headset");
        assertThat(TestedUi.onEdt(() -> anna.phone.options().captureDevice())).isEqualTo("m2");
    }

    @Test
    void the_next_start_needs_no_password_and_log_out_leaves_nothing() throws Exception {
        anna.loggedIn();
        anna.phone.close();
        anna.start();
        TestedUi.onEdt(() -> {
            anna.phone.restore(pbx.phoneSystem());
            return true;
        });
        anna.ui.awaitText("status", "Ready");
        anna.ui.press("logout");
        anna.ui.awaitText("message", "nothing of it is left");
        assertThat(anna.store.names()).isEmpty();
    }

    @Test
    void a_wrong_password_and_a_wrong_server_are_told() {
        anna.ui.login(pbx, "1001", "wrong", directory.resolve("ca.pem"));
        anna.ui.awaitText("message", "Check the e-mail address and the password.");
        anna.ui.type("server", "no server at all").press("login");
        anna.ui.awaitText("message", "The server is a name");
        anna.ui.type("authority", "nowhere.pem").type("server", "").press("login");
        anna.ui.awaitText("message", "cannot be read");
    }
}
