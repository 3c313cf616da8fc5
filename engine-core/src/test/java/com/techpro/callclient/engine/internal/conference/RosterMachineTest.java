// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.conference.ConferenceInfo.Endpoint;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.Media;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.State;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.User;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.Users;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterEffect;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterEffect.Publish;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterEffect.Refresh;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterEffect.StartPause;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterEffect.StopPause;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterInput;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterPhase;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterPhase.Ended;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterPhase.Known;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterPhase.Stale;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterPhase.Waiting;
import com.techpro.callclient.engine.internal.conference.RosterMachine.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 4575 §4.6: how documents follow each other, and what they change. */
class RosterMachineTest {
    private RosterPhase phase = RosterMachine.START;

    @Test
    void the_first_document_must_be_full() {
        assertThat(feed(partial(1, user("a", State.FULL))))
                .containsExactly(new Refresh(), new StartPause(RosterMachine.FIRST_PAUSE));
        assertThat(phase).isInstanceOf(Waiting.class);
        assertThat(feed(partial(2, user("a", State.FULL)))).as("asked once").isEmpty();

        assertThat(feed(full(3, user("a", State.FULL)))).containsExactly(new StopPause(), new Publish());
        assertThat(users()).containsExactly("a");
    }

    @Test
    void an_older_or_repeated_document_changes_nothing() {
        feed(full(5, user("a", State.FULL)));
        RosterPhase before = phase;

        assertThat(feed(full(5, user("b", State.FULL)))).isEmpty();
        assertThat(feed(partial(4, user("b", State.FULL)))).isEmpty();
        assertThat(feed(deleted(5))).isEmpty();
        assertThat(phase).isEqualTo(before);
    }

    @Test
    void the_next_partial_document_is_applied() {
        feed(full(1, user("a", State.FULL), user("b", State.FULL)));

        assertThat(feed(partial(2, user("b", State.DELETED), user("c", State.FULL))))
                .containsExactly(new Publish());
        assertThat(users()).containsExactly("a", "c");
        assertThat(feed(partial(3, user("c", State.PARTIAL)))).as("no change").isEmpty();
        assertThat(feed(partial(4, user("d", State.PARTIAL))))
                .as("a change to who is not there makes him")
                .hasSize(1);
        assertThat(users()).containsExactly("a", "c", "d");
    }

    @Test
    void a_newer_full_document_replaces_the_roster_despite_missed_versions() {
        feed(full(1, user("a", State.FULL)));

        assertThat(feed(full(9, user("z", State.FULL)))).containsExactly(new StopPause(), new Publish());
        assertThat(users()).containsExactly("z");
    }

    @Test
    void a_gap_asks_for_a_full_document_and_more_and_more_seldom_again() {
        feed(full(1, user("a", State.FULL)));

        assertThat(feed(partial(3, user("b", State.FULL))))
                .containsExactly(new Publish(), new Refresh(), new StartPause(RosterMachine.FIRST_PAUSE));
        assertThat(users()).as("what is known stays, as old").containsExactly("a");
        assertThat(feed(partial(4, user("c", State.FULL)))).as("asked already").isEmpty();
        assertThat(step(new RosterInput.PauseOver()))
                .containsExactly(new Refresh(), new StartPause(RosterMachine.FIRST_PAUSE.multipliedBy(2)));
        for (int i = 0; i < 10; i++) {
            step(new RosterInput.PauseOver());
        }
        assertThat(step(new RosterInput.PauseOver()))
                .containsExactly(new Refresh(), new StartPause(RosterMachine.LONGEST_PAUSE));

        assertThat(feed(full(4, user("a", State.FULL), user("b", State.FULL))))
                .containsExactly(new StopPause(), new Publish());
        assertThat(users()).containsExactly("a", "b");
    }

    @Test
    void a_document_that_cannot_be_read_is_a_gap() {
        assertThat(step(new RosterInput.Unreadable())).contains(new Refresh());
        feed(full(1, user("a", State.FULL)));
        assertThat(step(new RosterInput.Unreadable())).contains(new Refresh());
        assertThat(phase).isInstanceOf(Stale.class);
    }

    @Test
    void after_an_interruption_a_new_count_begins() {
        feed(full(70, user("a", State.FULL)));

        assertThat(step(new RosterInput.Interrupted())).containsExactly(new Publish());
        assertThat(users()).containsExactly("a");
        assertThat(step(new RosterInput.PauseOver()))
                .as("the subscription asks by itself")
                .isEmpty();
        feed(full(0, user("b", State.FULL)));
        assertThat(phase).isEqualTo(new Known(0, ((Known) phase).state()));
        assertThat(users()).containsExactly("b");
    }

    @Test
    void an_interruption_while_nothing_is_known_stops_asking() {
        feed(partial(1, user("a", State.FULL)));

        assertThat(step(new RosterInput.Interrupted())).containsExactly(new StopPause());
        assertThat(phase).isEqualTo(new Waiting(Duration.ZERO));
    }

    @Test
    void deleted_ends_the_conference_for_good() {
        feed(full(1, user("a", State.FULL)));

        assertThat(feed(deleted(2))).containsExactly(new StopPause(), new Publish());
        assertThat(phase).isInstanceOf(Ended.class);
        assertThat(feed(full(3, user("a", State.FULL)))).isEmpty();
    }

    @Test
    void a_partial_element_keeps_the_fields_it_does_not_name() {
        Media audio = new Media("1", State.FULL, "audio", "sendrecv", 7);
        Endpoint phone = new Endpoint("p", State.FULL, "connected", null, List.of(audio));
        feed(full(1, new User("a", State.FULL, "Anna", List.of(phone))));

        Endpoint muted = new Endpoint(
                "p",
                State.PARTIAL,
                "muted-via-focus",
                null,
                List.of(new Media("1", State.PARTIAL, null, "recvonly", null)));
        feed(partial(2, new User("a", State.PARTIAL, null, List.of(muted))));

        User after = ((Known) phase).state().users().get(0);
        assertThat(after.displayText()).isEqualTo("Anna");
        assertThat(after.endpoints().get(0).status()).isEqualTo("muted-via-focus");
        assertThat(after.endpoints().get(0).media())
                .containsExactly(new Media("1", State.FULL, "audio", "recvonly", 7));
    }

    @Test
    void a_full_list_of_users_replaces_the_list_in_a_partial_document() {
        feed(full(1, user("a", State.FULL), user("b", State.FULL)));

        feed(new ConferenceInfo(State.PARTIAL, 2, null, null, new Users(State.FULL, List.of(user("c", State.FULL)))));

        assertThat(users()).containsExactly("c");
    }

    @Test
    void many_partial_documents_do_not_make_a_roster_without_end() {
        feed(full(0));
        for (int i = 1; i <= 1_200; i++) {
            feed(partial(i, user("u" + i, State.FULL)));
        }
        assertThat(users()).hasSize(1_000);
    }

    private List<RosterEffect> feed(ConferenceInfo document) {
        return step(new RosterInput.Document(document));
    }

    private List<RosterEffect> step(RosterInput input) {
        Step step = RosterMachine.next(phase, input);
        phase = step.phase();
        return step.effects();
    }

    private List<String> users() {
        ConferenceState state = phase instanceof Known known ? known.state() : ((Stale) phase).state();
        return state.users().stream().map(User::entity).toList();
    }

    private static User user(String entity, State state) {
        return new User(entity, state, null, List.of());
    }

    private static ConferenceInfo full(long version, User... users) {
        return new ConferenceInfo(State.FULL, version, null, null, new Users(State.FULL, List.of(users)));
    }

    private static ConferenceInfo partial(long version, User... users) {
        return new ConferenceInfo(State.PARTIAL, version, null, null, new Users(State.PARTIAL, List.of(users)));
    }

    private static ConferenceInfo deleted(long version) {
        return new ConferenceInfo(State.DELETED, version, null, null, null);
    }
}
