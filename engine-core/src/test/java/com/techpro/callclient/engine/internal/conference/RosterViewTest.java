// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Participants as RFC 4575 tells them by several phones, several words and several domains. */
class RosterViewTest {
    private final RosterView view = new RosterView(
            Caller::of, SipAccount.builder("alice", "pbx.test", Secret.of("x")).build());

    private static String phone(String name, String status, String direction, int source) {
        return "<endpoint entity='" + name + "'><status>" + status + "</status><media id='1'><type>audio</type><src-id>"
                + source + "</src-id><status>" + direction + "</status></media></endpoint>";
    }

    private static String user(String entity, String... phones) {
        return "<user entity='" + entity + "'>" + String.join("", phones) + "</user>";
    }

    private List<Participant> participants(String... users) {
        String document = "<conference-info xmlns='urn:ietf:params:xml:ns:conference-info' entity='sip:8000@pbx.test' "
                + "state='full' version='1'><users>" + String.join("", users) + "</users></conference-info>";
        ConferenceInfo info = Objects.requireNonNull(
                ConferenceInfoReader.read(document.getBytes(StandardCharsets.UTF_8)), "not read");
        return view.of(ConferenceState.EMPTY.after(info), true, Set.of(7)).participants();
    }

    @Test
    void the_own_participant_has_the_name_and_the_domain_of_the_account() {
        assertThat(participants(user("sip:alice@pbx.test"), user("sip:alice@elsewhere.test"), user("sip:bob@pbx.test")))
                .extracting(Participant::self)
                .containsExactly(true, false, false);
    }

    /** What is heard here is the mix without oneself: it says nothing of one's own voice. */
    @Test
    void talking_is_reported_only_for_the_other_participants() {
        String heard = phone("a", "connected", "sendrecv", 7);
        assertThat(participants(
                        user("sip:alice@pbx.test", heard),
                        user("sip:bob@pbx.test", heard),
                        user("sip:carol@pbx.test", phone("c", "connected", "sendrecv", 8))))
                .extracting(Participant::talking)
                .containsExactly(null, true, false);
    }

    @Test
    void a_user_is_gone_when_the_last_phone_is() {
        String gone = phone("g", "disconnected", "sendrecv", 1);
        String here = phone("h", "connected", "sendrecv", 2);
        assertThat(participants(user("sip:bob@pbx.test", gone, here), user("sip:carol@pbx.test", gone, gone)))
                .extracting(Participant::id)
                .containsExactly("sip:bob@pbx.test");
    }

    @ParameterizedTest
    @CsvSource({
        "connected, sendrecv, false, false",
        "muted-via-focus, sendrecv, true, false",
        "connected, recvonly, true, false",
        "connected, inactive, false, false",
        "on-hold, sendrecv, false, true"
    })
    void a_participant_muted_by_the_focus_or_receiving_only_is_shown_as_muted(
            String status, String direction, boolean muted, boolean onHold) {
        Participant bob = participants(user("sip:bob@pbx.test", phone("b", status, direction, 1)))
                .get(0);
        assertThat(bob.muted()).isEqualTo(muted);
        assertThat(bob.onHold()).isEqualTo(onHold);
        assertThat(bob.present()).isTrue();
    }

    @Test
    void with_several_phones_the_user_is_muted_or_on_hold_when_all_are() {
        String muted = phone("m", "muted-via-focus", "sendrecv", 1);
        String held = phone("h", "on-hold", "sendrecv", 2);
        String open = phone("o", "connected", "sendrecv", 3);
        assertThat(participants(
                        user("sip:bob@pbx.test", muted, open),
                        user("sip:carol@pbx.test", held, open),
                        user("sip:dave@pbx.test", muted, muted),
                        user("sip:erin@pbx.test", held, held)))
                .extracting(Participant::muted, Participant::onHold)
                .containsExactly(tuple(false, false), tuple(false, false), tuple(true, false), tuple(false, true));
    }
}
