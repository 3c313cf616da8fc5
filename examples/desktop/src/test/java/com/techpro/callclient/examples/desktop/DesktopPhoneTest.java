// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PlacedCall;
import java.awt.event.KeyEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import javax.swing.KeyStroke;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three users at their softphones, and the embedded PBX. The panels are those of the windows, which need a screen and are left out. */
@Tag("slow")
class DesktopPhoneTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final KeyStroke ENTER = KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0);
    private static final KeyStroke ESCAPE = KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0);

    @TempDir
    Path directory;

    private EmbeddedPbx pbx;
    private PhoneUser anna;
    private PhoneUser ben;

    @BeforeEach
    void open() throws Exception {
        pbx = EmbeddedPbx.builder()
                .extensions("1001", "1002", "1003")
                .voicemail()
                .provisioning(accounts -> accounts.password("1001", "word of 1001")
                        .name("1001", "Anna", "Keller")
                        .password("1002", "word of 1002")
                        .password("1003", "word of 1003"))
                .start();
        Files.writeString(directory.resolve("ca.pem"), pbx.authorityPem());
        anna = user("1001");
        ben = user("1002");
    }

    private PhoneUser user(String extension) {
        return new PhoneUser(pbx, extension, directory.resolve("ca.pem"));
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
        anna.ui().dial("1002");
        ben.awaitIncoming().press("answer");
        anna.ui().awaitText("call status", "Connected");
        ben.ui().awaitText("call status", "Connected");
    }

    @Test
    void a_call_is_made_answered_held_muted_and_ended() {
        talk();
        ben.awaitNoIncoming();
        assertThat(anna.ui().text("call lock")).isEqualTo("Encrypted");
        assertThat(anna.ui().text("call timer")).matches("\\d:\\d\\d");
        anna.ui().press("hold").awaitText("call status", "On hold");
        ben.ui().awaitText("call status", "You are on hold");
        anna.ui().press("hold");
        ben.ui().awaitText("call status", "Connected");
        anna.ui().press("mute").awaitText("call status", "Your microphone is off");
        anna.ui().press("mute").awaitText("call status", "Connected");
        ben.ui().press("hangup");
        anna.ui().awaitNoCall();
        ben.ui().awaitNoCall();
    }

    @Test
    void enter_logs_in_from_each_field() {
        for (String field : new String[] {"email", "password", "server", "authority"}) {
            anna.ui().enter(field).awaitText("notice", "not complete").press("dismiss");
        }
    }

    @Test
    void a_headset_chosen_in_a_call_is_used_at_once() {
        talk();
        anna.ui().press("devices").pick("call microphone", "Headset").pick("call speaker", "Headset");
        Await.until(
                () -> anna.devicesInUse().toString(), () -> anna.devicesInUse().equals(Set.of("m2", "s2")), LIMIT);
        anna.ui().press("hangup").awaitNoCall();
    }

    @Test
    void the_timer_and_the_quality_of_a_call_go_on_by_themselves() {
        talk();
        anna.putForward(Duration.ofMinutes(62));
        anna.ui().awaitText("call timer", "1:02:");
        anna.ui().awaitText("call quality", "good");
    }

    @Test
    void a_call_without_microphone_and_loudspeaker_says_so_and_shows_no_quality() {
        anna.loggedIn();
        anna.unplug(true);
        anna.ui().dial("600").awaitText("call status", "does not work").awaitText("notice", "interrupted");
        assertThat(anna.ui().text("call quality")).isEmpty();
        anna.unplug(false);
        anna.ui().awaitText("call status", "Connected").awaitText("call quality", "good");
    }

    @Test
    void an_incoming_call_has_a_window_and_can_be_declined_and_silenced() {
        anna.loggedIn();
        PlacedCall call = pbx.call("1001").from("Reception", "+493055501270").ring();
        TestedUi window = anna.awaitIncoming();
        assertThat(window.text("caller name")).isEqualTo("Reception");
        assertThat(window.text("caller number")).contains("5550");
        window.press("silence");
        assertThat(window.isEnabled("silence")).isFalse();
        window.press("decline");
        anna.awaitNoIncoming();
        Await.until(() -> "the caller hears of it", () -> call.state() == PlacedCall.State.REFUSED, LIMIT);
    }

    @Test
    void the_keyboard_dials_answers_sends_keys_and_declines() {
        anna.loggedIn();
        ben.loggedIn();
        for (char digit : "10022".toCharArray()) {
            anna.ui().key(KeyStroke.getKeyStroke(digit));
        }
        anna.ui().key(KeyStroke.getKeyStroke(KeyEvent.VK_BACK_SPACE, 0)).key(ENTER);
        ben.awaitIncoming();
        ben.ui().key(ENTER);
        anna.ui().awaitText("call status", "Connected");
        anna.ui().key(KeyStroke.getKeyStroke('7'));
        anna.ui().press("hangup").awaitNoCall();
        anna.ui().dial("1002");
        ben.awaitIncoming();
        ben.ui().key(ESCAPE);
        ben.awaitNoIncoming();
        anna.ui().awaitText("advice", new CallEnding.Declined().advice());
        anna.ui().key(ESCAPE);
        assertThat(anna.ui().text("notice")).isEmpty();
    }

    @Test
    void a_call_is_transferred_and_its_lamp_shows_it() {
        try (PhoneUser carla = user("1003").loggedIn()) {
            talk();
            carla.ui()
                    .type("favorite name", "Ben")
                    .type("favorite number", "1002")
                    .press("add favorite")
                    .awaitLine("favorites", "Ben, In a call");
            ben.ui().press("transfer").type("transfer number", "1003").press("transfer now");
            carla.awaitIncoming().press("answer");
            carla.ui().awaitText("call status", "Connected");
            ben.ui().awaitNoCall();
            carla.ui().awaitLine("favorites", "Ben, Available");
            anna.ui().awaitText("call status", "Connected");
            anna.ui().press("hangup");
            carla.ui().awaitNoCall();
        }
    }

    @Test
    void a_second_call_puts_the_first_on_hold_and_they_are_swapped_and_connected() {
        try (PhoneUser carla = user("1003").loggedIn()) {
            talk();
            anna.ui().press("new call").dial("1003");
            carla.awaitIncoming().press("answer");
            anna.ui().awaitText("call name", "1003").awaitText("call status", "Connected");
            ben.ui().awaitText("call status", "You are on hold");
            anna.ui().press("swap 1002").awaitText("call name", "1002").awaitText("call status", "Connected");
            carla.ui().awaitText("call status", "You are on hold");
            anna.ui().press("transfer").press("connect with 1003");
            anna.ui().awaitNoCall();
            ben.ui().awaitText("call status", "Connected");
            carla.ui().awaitText("call status", "Connected");
        }
    }

    @Test
    void a_call_that_rings_elsewhere_is_taken() {
        try (PhoneUser carla = user("1003").loggedIn()) {
            anna.loggedIn();
            ben.loggedIn();
            anna.ui().type("favorite number", "1002").press("add favorite").awaitLine("favorites", "1002, Available");
            carla.ui().dial("1002");
            ben.awaitIncoming();
            anna.ui().awaitLine("favorites", "Ringing").choose("favorites", 0).press("pick up");
            anna.ui().awaitText("call status", "Connected");
            ben.awaitNoIncoming();
        }
    }

    @Test
    void the_history_tells_how_calls_went_and_makes_favourites() {
        anna.loggedIn();
        pbx.call("1001")
                .from("Reception", "1003")
                .ringingFor(Duration.ofSeconds(1))
                .ring();
        anna.awaitIncoming();
        anna.ui().awaitText("notice", "Missed call: Reception.");
        anna.ui().dial("602").awaitText("notice", "602").awaitText("advice", new CallEnding.Busy().advice());
        anna.ui().press("show history").awaitLine("history", "602, Busy");
        anna.ui().awaitLine("history", "Reception, Missed call");
        anna.ui().choose("history", 1).press("make favorite").awaitLine("favorites", "Reception");
        anna.ui().choose("history", 0).press("forget call");
        Await.until(() -> "one is left", () -> anna.ui().lines("history").size() == 1, LIMIT);
    }

    @Test
    void a_room_shows_its_participants() {
        anna.loggedIn().ui().press("show rooms").type("room", "8000").press("enter");
        ben.loggedIn().ui().press("show rooms").type("room", "8000").press("enter");
        anna.ui().awaitLine("roster", "(you)");
        ben.ui().awaitLine("roster", "Anna Keller");
        anna.ui().awaitLine("roster", "1002");
        ben.ui().press("leave").awaitText("room summary", "You are not in a room");
        anna.ui().press("leave").awaitText("room summary", "You are not in a room");
    }

    @Test
    void a_message_is_listed_played_deleted_and_brought_back() {
        pbx.voicemail().leave("1001", "1002", "Ben", new short[8_000 * 20]);
        anna.loggedIn();
        anna.ui().press("show voicemail").awaitLine("messages", "Ben, New message");
        anna.ui().awaitText("voicemail summary", "1 message, 1 new");
        anna.ui().choose("messages", 0).press("play").awaitText("player time", "0:01 / 0:20");
        anna.ui().press("pause").awaitText("player state", "Paused");
        anna.ui().slide("player position", 500).awaitText("player time", "0:10 / 0:20");
        anna.ui().press("pause").awaitText("player time", "0:11");
        anna.ui().press("stop");
        assertThat(anna.ui().text("player time")).isEmpty();
        anna.ui().choose("messages", 0).press("delete").awaitEmpty("messages");
        anna.ui().press("undelete").awaitLine("messages", "Ben");
    }

    @Test
    void the_devices_that_are_chosen_are_those_of_the_next_call_and_of_the_ring() {
        anna.loggedIn();
        anna.ui().press("show settings").pick("microphone", "Headset");
        assertThat(TestedUi.onEdt(() -> anna.phone().options().captureDevice())).isEqualTo("m2");
        anna.ui().pick("ring device", "Headset").press("ring off");
        assertThat(anna.settings().get(Phone.RING_DEVICE, "")).isEqualTo("s2");
        assertThat(anna.settings().getBoolean(Phone.RING_OFF, true)).isFalse();
        anna.ui().press("ring off");
        assertThat(anna.settings().getBoolean(Phone.RING_OFF, false)).isTrue();
    }

    @Test
    void do_not_disturb_turns_callers_away() {
        anna.loggedIn();
        anna.ui().press("show settings").press("do not disturb").awaitText("status", "Do not disturb");
        PlacedCall call = pbx.call("1001").ring();
        Await.until(() -> "it is refused", () -> call.state() == PlacedCall.State.REFUSED, LIMIT);
    }

    @Test
    void the_next_start_needs_no_password_and_log_out_leaves_nothing() throws Exception {
        anna.loggedIn();
        assertThat(anna.ui().text("user")).isEqualTo("Anna Keller");
        anna.phone().client().close();
        anna.start();
        TestedUi.onEdt(() -> {
            anna.phone().restore();
            return true;
        });
        anna.ui().awaitText("status", "Ready");
        anna.ui().press("show settings").press("logout").awaitText("notice", "your data was erased");
        assertThat(anna.store().names()).isEmpty();
    }

    @Test
    void a_wrong_password_and_a_wrong_server_are_reported_with_advice() {
        anna.ui().login(pbx, "1001", "wrong", directory.resolve("ca.pem"));
        anna.ui().awaitText("advice", "Check the e-mail address and the password.");
        anna.ui().type("server", "no server at all").press("login").awaitText("advice", "a server like");
        anna.ui().type("authority", "nowhere.pem").type("server", "").press("login");
        anna.ui().awaitText("notice", "certificate authority cannot be read");
    }

    @Test
    void a_number_that_cannot_be_called_is_told() {
        anna.loggedIn();
        anna.ui().type("number", "a b c").press("dial").awaitText("notice", "This number cannot be called");
    }
}
