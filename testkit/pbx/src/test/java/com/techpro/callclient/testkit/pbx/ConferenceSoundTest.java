// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The PBX's rooms as the engine's phones hear them, over TLS with SRTP, in virtual time. */
class ConferenceSoundTest {
    /** How its PBX behaves. */
    PbxBuilder profile(PbxBuilder builder) {
        return builder;
    }

    /** None is a harmonic of another. */
    private static final int[] PITCHES = {440, 590, 770, 1030, 1370};

    private final PbxScene scene =
            new PbxScene(21, settings -> profile(settings).extensions("1004", "1005"));
    private final List<Phone> phones = new ArrayList<>();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void of_five_each_hears_the_four_others_and_not_itself() {
        List<Call> calls = join("8000", 5);

        for (int listener = 0; listener < 5; listener++) {
            double[] levels = levels(listener);
            for (int speaker = 0; speaker < 5; speaker++) {
                if (speaker == listener) {
                    assertThat(levels[speaker]).as("%s hears itself", listener).isLessThan(100);
                } else {
                    assertThat(levels[speaker])
                            .as("%s hears %s", listener, speaker)
                            .isBetween(5_000.0, 9_000.0);
                }
            }
        }
        assertThat(scene.pbx.room("8000").participants())
                .extracting(PbxRoom.Member::extension)
                .containsExactly("1001", "1002", "1003", "1004", "1005");
        assertThat(scene.pbx.room("8000").participants()).allMatch(PbxRoom.Member::talking);

        calls.forEach(Call::hangUp);
        scene.until(() -> scene.pbx.room("8000").participants().isEmpty());
        scene.assertQuiet();
    }

    @Test
    void a_room_without_a_focus_mixes_as_well() {
        List<Call> calls = join("8002", 3);

        assertThat(levels(0)[1]).isGreaterThan(6_000);
        assertThat(levels(0)[2]).isGreaterThan(6_000);
        assertThat(levels(0)[0]).isLessThan(100);

        calls.forEach(Call::hangUp);
        scene.assertQuiet();
    }

    @Test
    void after_a_participant_leaves_only_the_others_are_heard() {
        List<Call> calls = join("8000", 3);
        calls.get(1).hangUp();
        scene.until(() -> !scene.pbx.room("8000").has("1002"));
        scene.pass(Duration.ofMillis(500));

        double[] levels = levels(0);

        assertThat(levels[1]).isLessThan(100);
        assertThat(levels[2]).isGreaterThan(6_000);
        calls.get(0).hangUp();
        calls.get(2).hangUp();
        scene.assertQuiet();
    }

    @Test
    void the_right_pin_opens_the_room() {
        Phone alice = phone(0);
        Phone bob = phone(1);
        Call first = enter(alice, "8001");
        Call second = enter(bob, "8001");
        scene.pass(Duration.ofSeconds(2));
        assertThat(scene.pbx.room("8001").participants()).isEmpty();
        assertThat(alice.hears(PITCHES[1])).isLessThan(100);

        first.sendDtmf("99#");
        scene.pass(Duration.ofSeconds(2));
        first.sendDtmf("1234#");
        second.sendDtmf("1234#");
        scene.until(() -> scene.pbx.room("8001").participants().size() == 2);
        scene.pass(Duration.ofSeconds(1));

        assertThat(alice.hears(PITCHES[1])).isGreaterThan(6_000);
        first.hangUp();
        second.hangUp();
        scene.assertQuiet();
    }

    @Test
    void three_wrong_pins_end_the_call() {
        Phone alice = phone(0);
        Call call = enter(alice, "8001");

        call.sendDtmf("1#22#");
        scene.pass(Duration.ofSeconds(3));
        assertThat(alice.ending()).isNull();
        call.sendDtmf("12345#");
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        scene.assertQuiet();
    }

    @Test
    void nobody_hears_a_muted_participant_by_its_own_keys_or_the_operators_hand() {
        List<Call> calls = join("8000", 2);

        calls.get(0).sendDtmf("*6");
        scene.until(() -> scene.pbx.room("8000").participants().get(0).muted());
        scene.pass(Duration.ofMillis(500));
        assertThat(levels(1)[0]).isLessThan(100);
        calls.get(0).sendDtmf("*6");
        scene.until(() -> !scene.pbx.room("8000").participants().get(0).muted());
        scene.pass(Duration.ofMillis(500));
        assertThat(levels(1)[0]).isGreaterThan(6_000);

        scene.pbx.room("8000").mute("1001", true);
        scene.pass(Duration.ofMillis(500));
        assertThat(levels(1)[0]).isLessThan(100);
        assertThat(scene.pbx.room("8000").participants().get(0).status()).isEqualTo("muted-via-focus");
        calls.forEach(Call::hangUp);
        scene.assertQuiet();
    }

    @Test
    void a_participant_on_hold_neither_hears_nor_is_heard() {
        List<Call> calls = join("8000", 3);

        calls.get(0).hold();
        scene.until(() -> calls.get(0).snapshot().hold() == HoldState.LOCAL);
        scene.until(() -> scene.pbx.room("8000").participants().get(0).onHold());
        scene.pass(Duration.ofMillis(500));
        assertThat(levels(0)).containsOnly(0);
        assertThat(levels(1)[0]).isLessThan(100);
        assertThat(levels(1)[2]).isGreaterThan(6_000);

        calls.get(0).resume();
        scene.until(() -> calls.get(0).snapshot().hold() == HoldState.NONE);
        scene.pass(Duration.ofSeconds(1));
        assertThat(levels(0)[1]).isGreaterThan(6_000);
        assertThat(levels(1)[0]).isGreaterThan(6_000);
        calls.forEach(Call::hangUp);
        scene.assertQuiet();
    }

    @Test
    void the_operator_brings_and_removes() {
        List<Call> calls = join("8000", 1);
        Phone bob = phone(1);

        scene.pbx.room("8000").bring("1002");
        scene.until(() -> bob.incoming != null
                && scene.pbx.room("8000").participants().get(1).status().equals("alerting"));
        bob.incoming.answer();
        scene.until(() -> scene.pbx.room("8000").has("1002"));
        scene.pass(Duration.ofSeconds(1));
        assertThat(bob.hears(PITCHES[0])).isGreaterThan(6_000);

        scene.pbx.room("8000").remove("1002");
        scene.until(() -> bob.ending() != null);
        assertThat(bob.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        calls.forEach(Call::hangUp);
        scene.assertQuiet();
    }

    @Test
    void a_called_phone_that_declines_does_not_join() {
        List<Call> calls = join("8000", 1);
        Phone bob = phone(1);

        scene.pbx.room("8000").bring("1002");
        scene.until(() -> bob.incoming != null);
        bob.incoming.reject(RejectReason.DECLINED);
        scene.until(() -> scene.pbx.room("8000").participants().size() == 1);

        calls.forEach(Call::hangUp);
        scene.assertQuiet();
    }

    @Test
    void the_factory_makes_a_room_that_lasts_until_all_have_left() {
        Phone alice = phone(0);
        Phone bob = phone(1);
        Call call = enter(alice, "factory");
        scene.until(() -> scene.pbx.rooms().stream().anyMatch(one -> one.has("1001")));
        PbxRoom room = scene.pbx.rooms().stream()
                .filter(one -> one.has("1001"))
                .findAny()
                .orElseThrow();

        Call second = enter(bob, room.number());
        scene.until(() -> room.has("1002"));
        scene.pass(Duration.ofSeconds(1));
        assertThat(alice.hears(PITCHES[1])).isGreaterThan(6_000);
        call.hangUp();
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.pbx.rooms()).hasSize(4);
        second.hangUp();

        scene.until(() -> scene.pbx.rooms().size() == 3);
        scene.assertQuiet();
    }

    private List<Call> join(String room, int count) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(enter(phone(i), room));
        }
        scene.until(() -> scene.pbx.room(room).participants().size() == count);
        scene.pass(Duration.ofSeconds(1));
        return calls;
    }

    private Phone phone(int index) {
        Phone phone = scene.phone(Integer.toString(1001 + index)).registered().speaking(PITCHES[index]);
        phones.add(phone);
        return phone;
    }

    private Call enter(Phone phone, String number) {
        Call call = phone.account.dial(number);
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        return call;
    }

    /** How loud each pitch is in what a phone plays in the next second. */
    private double[] levels(int listener) {
        double[] levels = new double[PITCHES.length];
        Phone phone = phones.get(listener);
        phone.audio.forgetHeard();
        scene.pass(Duration.ofSeconds(1));
        short[] heard = phone.audio.heard();
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Sound.amplitudeOf(PITCHES[i], heard, 8_000);
        }
        return levels;
    }
}
