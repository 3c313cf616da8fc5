// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.people.People;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.engine.voicemail.VoicemailOutcome;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the user pulls down to refresh: the answer comes after the new contents. */
class RefreshTest {
    private static final CommandOutcome DONE = new CommandOutcome.Done();
    private static final CommandOutcome UNREACHABLE = new CommandOutcome.Refused(CommandRefusal.OTHER_SIDE_UNREACHABLE);

    private final VoicemailScene office = new VoicemailScene();
    private final People people = office.alice.client.people();
    private final Voicemail voicemail = office.alice.client.voicemail();

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void without_a_login_there_is_nothing_to_fetch() {
        assertThat(office.await(people.directory().refresh())).isEqualTo(DONE);
        assertThat(office.await(people.history().refresh())).isEqualTo(DONE);
        assertThat(office.await(voicemail.refresh()).problem()).isEqualTo(VoicemailProblem.NOT_AVAILABLE);
    }

    @Test
    void it_is_done_when_the_new_contents_are_shown() {
        office.loggedIn();
        office.system.colleagues.add(new RemoteDirectory.Entry("Bob Colleague", "1002", List.of()));
        office.system.withCalls(2, office.scene.time.now());

        assertThat(office.await(people.directory().refresh())).isEqualTo(DONE);
        assertThat(office.await(people.directory().search("Bob", 9))).hasSize(1);
        assertThat(office.await(people.history().refresh())).isEqualTo(DONE);
        assertThat(people.history().snapshot().entries()).hasSize(2);
        assertThat(office.await(voicemail.refresh())).isEqualTo(VoicemailOutcome.DONE);
    }

    @Test
    void a_phone_system_that_does_not_answer_is_reported() {
        office.loggedIn();
        office.system.unreachable = true;
        office.mailbox.fail(Reason.UNREACHABLE);

        assertThat(office.await(people.directory().refresh())).isEqualTo(UNREACHABLE);
        assertThat(office.await(people.history().refresh())).isEqualTo(UNREACHABLE);
        assertThat(office.await(voicemail.refresh()).problem()).isEqualTo(VoicemailProblem.UNREACHABLE);
        assertThat(office.await(voicemail.more()).problem()).isEqualTo(VoicemailProblem.UNREACHABLE);
    }

    @Test
    void several_at_once_and_one_before_the_log_out_are_all_answered() {
        office.loggedIn();
        var first = voicemail.refresh();
        var second = voicemail.more();
        var calls = people.history().refresh();
        var again = people.history().refresh();
        var colleagues = people.directory().refresh();
        var logout = office.alice.client.logout(LogoutOptions.EVERYTHING);

        office.await(logout);

        for (var stage : List.of(first, second, calls, again, colleagues)) {
            assertThat(stage).isCompleted();
        }
    }
}
