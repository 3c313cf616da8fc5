// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.conference.ConferenceOutcome;
import com.techpro.callclient.engine.conference.ConferenceSnapshot.State;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.engine.conference.RoomsOutcome;
import com.techpro.callclient.engine.conference.Roster;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory.Room;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.fault.ConferenceFaults;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine's side of conference rooms, at the PBX's: roster, PIN, mute, bringing and removing others, and what is recorded. */
class EngineConferenceTest {
    /** How its PBX behaves. */
    PbxBuilder profile(PbxBuilder builder) {
        return builder;
    }

    private static final Room ROOM = new Room("Weekly", "8000", false, "*6", "*5");

    private final PbxScene scene =
            new PbxScene(31, settings -> profile(settings).extensions("1004"));

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void the_roster_lists_participants_with_join_times_and_marks_oneself() {
        Phone anna = phone("1001");
        Phone bert = phone("1002");

        Conference room = joined(anna, "8000");
        scene.until(() -> names(room).equals(List.of("1001")));
        scene.pass(Duration.ofSeconds(30));
        joined(bert, "8000");
        scene.until(() -> names(room).size() == 2);

        assertThat(room.snapshot().room()).isEqualTo("8000");
        assertThat(room.snapshot().joined()).isNotNull();
        Roster.Listed roster = (Roster.Listed) room.snapshot().roster();
        assertThat(roster.current()).isTrue();
        assertThat(roster.count()).isEqualTo(2);
        Participant self = roster.participants().get(0);
        assertThat(self.self()).isTrue();
        assertThat(self.present()).isTrue();
        assertThat(self.since()).isNotNull();
        Participant other = roster.participants().get(1);
        assertThat(other.self()).isFalse();
        assertThat(other.caller().number()).isEqualTo("1002");
        assertThat(Duration.between(self.since(), other.since()))
                .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(33));
        assertThat(anna.conferences).extracting(told -> told.state()).startsWith(State.JOINED);

        room.leave();
        scene.until(() -> room.snapshot().state() == State.ENDED);
        assertThat(room.snapshot().ending()).isEqualTo(new CallEnding.LocalHangUp());
        int told = anna.conferences.size();
        bert.client.calls().forEach(call -> call.hangUp());
        scene.assertQuiet();
        assertThat(anna.conferences).as("what happens later is not told").hasSize(told);
    }

    @Test
    void a_participant_known_to_the_device_has_its_local_name() {
        Phone anna = phone("1001");
        CompletionStage<CommandOutcome> added = anna.client.people().favorites().add(new Favorite("1002", "Bert"));
        scene.until(() -> added.toCompletableFuture().isDone());
        Phone bert = phone("1002");

        Conference room = joined(anna, "8000");
        joined(bert, "8000");
        scene.until(() -> names(room).size() == 2);

        Caller caller = room.snapshot().roster().participants().get(1).caller();
        assertThat(caller.name()).isEqualTo("Bert");
        assertThat(caller.source()).isEqualTo(Caller.Source.FAVORITE);
    }

    @Test
    void mute_and_hold_of_others_are_seen_and_the_rooms_own_keys_mute_oneself() {
        Phone anna = phone("1001", ROOM);
        Phone bert = phone("1002");
        known(anna);
        Conference room = joined(anna, "8000");
        Conference berts = joined(bert, "8000");
        scene.until(() -> names(room).size() == 2 && names(berts).size() == 2);
        assertThat(room.snapshot().name()).isEqualTo("Weekly");

        assertThat(outcome(room.toggleRoomMute())).isEqualTo(new CommandOutcome.Done());
        scene.until(() -> participant(berts, "1001").muted());
        assertThat(participant(room, "1001").muted()).isTrue();
        assertThat(outcome(room.toggleRoomMute())).isEqualTo(new CommandOutcome.Done());
        scene.until(() -> !participant(room, "1001").muted());
        assertThat(outcome(room.toggleMembersMute())).isEqualTo(new CommandOutcome.Done());
        scene.until(() -> participant(room, "1002").muted());
        assertThat(participant(room, "1001").muted()).isFalse();
        assertThat(outcome(room.toggleMembersMute())).isEqualTo(new CommandOutcome.Done());
        scene.until(() -> !participant(room, "1002").muted());

        berts.call().hold();
        scene.until(() -> participant(room, "1002").onHold());
        assertThat(participant(room, "1002").present()).isTrue();
        berts.call().resume();
        scene.until(() -> !participant(room, "1002").onHold());

        assertThat(outcome(berts.toggleRoomMute())).isEqualTo(new CommandOutcome.Refused(CommandRefusal.UNKNOWN_KEYS));
        assertThat(outcome(berts.toggleMembersMute()))
                .isEqualTo(new CommandOutcome.Refused(CommandRefusal.UNKNOWN_KEYS));
    }

    @Test
    void muting_oneself_here_silences_the_microphone_in_the_room() {
        Phone anna = phone("1001").speaking(500);
        Phone bert = phone("1002").speaking(800);
        Conference room = joined(anna, "8000");
        joined(bert, "8000");
        scene.until(() -> names(room).size() == 2);
        scene.pass(Duration.ofSeconds(1));
        assertThat(bert.hears(500)).isGreaterThan(5_000);
        assertThat(anna.hears(500)).as("nobody hears himself").isLessThan(100);

        room.setMuted(true);
        scene.pass(Duration.ofSeconds(1));

        assertThat(bert.hears(500)).isLessThan(100);
        assertThat(anna.hears(800)).isGreaterThan(5_000);
    }

    @Test
    void a_talking_participant_is_marked_while_talking() {
        Phone anna = phone("1001").speaking(500);
        Phone bert = phone("1002");
        Phone carl = phone("1003").speaking(800);
        Conference room = joined(bert, "8000");
        joined(anna, "8000");
        Conference carls = joined(carl, "8000");
        scene.until(() -> names(room).size() == 3);

        scene.until(() -> Boolean.TRUE.equals(participant(room, "1001").talking())
                && Boolean.TRUE.equals(participant(room, "1003").talking()));
        assertThat(participant(room, "1002").talking()).as("oneself").isNull();
        scene.until(() -> names(carls).size() == 3
                && Boolean.FALSE.equals(participant(carls, "1002").talking()));

        carls.setMuted(true);
        scene.until(() -> Boolean.FALSE.equals(participant(room, "1003").talking()));
        assertThat(participant(room, "1001").talking()).isTrue();
        carls.setMuted(false);
        scene.until(() -> Boolean.TRUE.equals(participant(room, "1003").talking()));
    }

    @Test
    void a_pin_is_typed_after_the_answer() {
        Phone anna = phone("1001");

        Conference room = anna.account.join("8001", ConferenceOptions.DEFAULT.withPin(Secret.of("1234#")));
        scene.until(() -> scene.pbx.room("8001").has("1001"));

        assertThat(room.snapshot().state()).isEqualTo(State.JOINED);
        scene.until(() -> names(room).equals(List.of("1001")));
    }

    @Test
    void a_pin_is_typed_when_the_prompt_is_heard() {
        Phone anna = phone("1001");

        anna.account.join(
                "8001",
                ConferenceOptions.DEFAULT
                        .withPin(Secret.of("1234#"))
                        .withPinEntry(ConferenceOptions.PinEntry.ON_PROMPT)
                        .withPause(Duration.ofMillis(500)));

        scene.until(() -> scene.pbx.room("8001").has("1001"));
    }

    @Test
    void a_pin_that_cannot_be_typed_is_refused_at_once_and_not_repeated() {
        Phone anna = phone("1001");

        assertThatThrownBy(() -> anna.account.join("8001", ConferenceOptions.DEFAULT.withPin(Secret.of("12x4"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("12x4");
        assertThat(ConferenceOptions.DEFAULT.withPin(Secret.of("1234")).toString())
                .doesNotContain("1234");
    }

    @Test
    void a_room_without_a_focus_is_a_call_with_an_unsupported_roster() {
        Phone anna = phone("1001").speaking(500);
        Phone bert = phone("1002").speaking(800);

        Conference room = joined(anna, "8002");
        joined(bert, "8002");
        scene.pass(Duration.ofSeconds(2));

        assertThat(room.snapshot().roster()).isEqualTo(new Roster.Unsupported());
        assertThat(anna.hears(800)).isGreaterThan(5_000);
        assertThat(outcome(room.add("1004"))).isEqualTo(new ConferenceOutcome.Unsupported());
    }

    @Test
    void the_focus_brings_and_removes_others() {
        Phone anna = phone("1001");
        Phone bert = phone("1002");
        Conference room = joined(anna, "8000");
        scene.until(() -> names(room).size() == 1);

        CompletionStage<ConferenceOutcome> brought = room.add("1002");
        scene.until(() -> bert.incoming != null);
        scene.until(() -> names(room).size() == 2);
        assertThat(participant(room, "1002").present()).as("still ringing").isFalse();
        bert.incoming.answer();
        assertThat(outcome(brought)).isEqualTo(new ConferenceOutcome.Done());
        scene.until(() -> participant(room, "1002").present());

        assertThat(outcome(room.remove(participant(room, "1002")))).isEqualTo(new ConferenceOutcome.Done());
        scene.until(() -> names(room).equals(List.of("1001")));
        scene.until(() -> bert.incoming.snapshot().state() == CallState.ENDED);
        room.leave();
        scene.assertQuiet();
    }

    @Test
    void a_participant_called_by_the_focus_may_decline() {
        Phone anna = phone("1001");
        Phone bert = phone("1002");
        Conference room = joined(anna, "8000");
        scene.until(() -> names(room).size() == 1);

        CompletionStage<ConferenceOutcome> brought = room.add("1002");
        scene.until(() -> bert.incoming != null);
        bert.incoming.reject(RejectReason.BUSY);

        assertThat(outcome(brought)).isEqualTo(new ConferenceOutcome.Failed(new Failure.Busy()));
        scene.until(() -> names(room).equals(List.of("1001")));
    }

    @Test
    void a_room_is_made_by_calling_the_factory() {
        Phone anna = phone("1001", "factory");
        Phone bert = phone("1002");
        assertThat(anna.client.conferences().factory()).isEqualTo("factory");

        Conference room = joined(anna, anna.client.conferences().factory());
        scene.until(() -> names(room).equals(List.of("1001")));
        CompletionStage<ConferenceOutcome> brought = room.add("1002");
        scene.until(() -> bert.incoming != null);
        bert.incoming.answer();

        assertThat(outcome(brought)).isEqualTo(new ConferenceOutcome.Done());
        scene.until(() -> names(room).size() == 2);
    }

    @Test
    void C7_a_stay_is_recorded_with_its_room_and_times_in_place_of_the_call() {
        Phone anna = phone("1001", ROOM);
        known(anna);
        Conference room = joined(anna, "8000");
        scene.pass(Duration.ofMinutes(3));
        assertThat(stay(anna).left()).isNull();

        room.leave();
        scene.until(() -> stay(anna).left() != null);

        assertThat(anna.client.people().history().snapshot().entries()).hasSize(1);
        assertThat(stay(anna).room()).isEqualTo("8000");
        assertThat(stay(anna).name()).isEqualTo("Weekly");
        assertThat(stay(anna).start()).isEqualTo(room.snapshot().joined());
        assertThat(Duration.between(stay(anna).start(), stay(anna).left()))
                .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(3).plusSeconds(5));
    }

    @Test
    void a_room_that_cannot_be_joined_is_a_call_in_the_history() {
        Phone anna = phone("1001");

        Conference room = anna.account.join("8999");
        scene.until(() -> room.snapshot().state() == State.ENDED);

        assertThat(room.snapshot().ending()).isEqualTo(new CallEnding.NotFound());
        assertThat(anna.client.people().history().snapshot().entries().get(0))
                .isInstanceOf(HistoryEntry.CallRecord.class);
    }

    @Test
    void rooms_of_the_configuration_are_listed() {
        Phone anna = phone("1001", ROOM);

        assertThat(known(anna)).isEqualTo(new RoomsOutcome.Listed(List.of(ROOM)));
    }

    @Test
    void the_roster_is_old_while_the_connection_is_lost_and_right_again_after_it() {
        Phone anna = phone("1001");
        Conference room = joined(anna, "8000");
        scene.until(() -> names(room).size() == 1);

        Phone bert = phone("1002");
        scene.pbx.faults().onOutgoing("NOTIFY").to("1001").times(1).cutConnection();
        joined(bert, "8000");
        scene.until(() -> !((Roster.Listed) room.snapshot().roster()).current());
        assertThat(names(room)).containsExactly("1001");

        scene.until(() -> ((Roster.Listed) room.snapshot().roster()).current(), Duration.ofMinutes(2));
        assertThat(names(room)).containsExactly("1001", "1002");
    }

    @Test
    void an_organisation_may_switch_conferences_off() {
        Phone anna = scene.phone(
                        "1001",
                        scene.pbx.account("1001").build(),
                        config -> config.policy(
                                        new Policy(null, null, null, null, null, Set.of(Policy.Feature.CONFERENCES)))
                                .conferences(ConferenceDirectory.of(List.of(ROOM), "factory")))
                .registered();

        Conference room = anna.account.join("8000");

        assertThat(room.snapshot().state()).isEqualTo(State.ENDED);
        assertThat(room.snapshot().ending()).isEqualTo(new CallEnding.Failed(new Failure.SwitchedOff()));
        assertThat(room.call()).isNull();
        assertThat(known(anna)).isEqualTo(new RoomsOutcome.Off());
        assertThat(anna.client.conferences().factory()).isNull();
        room.leave();
        assertThat(anna.client.calls()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void the_roster_recovers_from_faulty_conference_documents(
            String what, int skipped, Consumer<ConferenceFaults.Rule> mistake) {
        Phone anna = phone("1001");
        Phone bert = phone("1002");
        Phone carl = phone("1003");
        mistake.accept(scene.pbx
                .faults()
                .conference()
                .document("8000")
                .to("1001")
                .skip(skipped)
                .times(1));

        Conference room = joined(anna, "8000");
        joined(bert, "8000");
        scene.pass(Duration.ofSeconds(1));
        joined(carl, "8000");

        scene.until(
                () -> names(room).equals(List.of("1001", "1002", "1003"))
                        && ((Roster.Listed) room.snapshot().roster()).current(),
                Duration.ofMinutes(2));
    }

    static Object[][] mistakes() {
        return new Object[][] {
            mistake("a gap", 1, ConferenceFaults.Rule::skipVersion),
            mistake("a repetition", 1, ConferenceFaults.Rule::repeat),
            mistake("an old number", 1, ConferenceFaults.Rule::oldVersion),
            mistake("broken off", 1, ConferenceFaults.Rule::truncate),
            mistake("broken off, the first", 0, ConferenceFaults.Rule::truncate),
            mistake("partial, the first", 0, ConferenceFaults.Rule::partial),
            mistake("large", 1, rule -> rule.oversize(40_000)),
            mistake("too large for SIP", 1, rule -> rule.oversize(70_000))
        };
    }

    private static Object[] mistake(String what, int skipped, Consumer<ConferenceFaults.Rule> mistake) {
        return new Object[] {what, skipped, mistake};
    }

    private Phone phone(String extension) {
        return scene.phone(extension).registered();
    }

    private Phone phone(String extension, Room room) {
        return scene.phone(
                        extension,
                        scene.pbx.account(extension).build(),
                        config -> config.conferences(ConferenceDirectory.of(List.of(room), null)))
                .registered();
    }

    private Phone phone(String extension, String factory) {
        return scene.phone(
                        extension,
                        scene.pbx.account(extension).build(),
                        config -> config.conferences(ConferenceDirectory.of(List.of(), factory)))
                .registered();
    }

    private RoomsOutcome known(Phone phone) {
        CompletionStage<RoomsOutcome> rooms = phone.client.conferences().rooms();
        scene.until(() -> rooms.toCompletableFuture().isDone());
        return rooms.toCompletableFuture().join();
    }

    private Conference joined(Phone phone, String number) {
        Conference room = phone.account.join(number);
        scene.until(() -> room.snapshot().state() == State.JOINED);
        return room;
    }

    private <T> T outcome(CompletionStage<T> answer) {
        scene.until(() -> answer.toCompletableFuture().isDone(), Duration.ofSeconds(60));
        return answer.toCompletableFuture().join();
    }

    private static List<String> names(Conference room) {
        return room.snapshot().roster().participants().stream()
                .map(participant -> participant.party().user())
                .toList();
    }

    private static Participant participant(Conference room, String user) {
        return room.snapshot().roster().participants().stream()
                .filter(one -> one.party().user().equals(user))
                .findFirst()
                .orElseThrow();
    }

    private static HistoryEntry.ConferenceRecord stay(Phone phone) {
        return (HistoryEntry.ConferenceRecord)
                phone.client.people().history().snapshot().entries().get(0);
    }
}
