// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.engine.conference.Roster;
import com.techpro.callclient.engine.internal.call.party.RemoteParty;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.Endpoint;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.Media;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.User;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A conference as the user sees it. A user with several phones is one participant, who is present
 * if one of the phones is.
 *
 * @param who looks up people that this device knows
 * @param account whose owner is "self"
 */
record RosterView(Function<PartyIdentity, Caller> who, SipAccount account) {
    /** RFC 4575 §5.6.3: states of phones that hear the conference, or could. */
    private static final Set<String> PRESENT = Set.of("connected", "on-hold", "muted-via-focus");

    private static final Set<String> GONE = Set.of("disconnecting", "disconnected");

    /** @param speaking the SSRCs of current speakers, or null if unknown */
    Roster of(ConferenceState state, boolean current, @Nullable Set<Integer> speaking) {
        List<Participant> participants = new ArrayList<>(state.users().size());
        for (User user : state.users()) {
            boolean gone =
                    !user.endpoints().isEmpty() && user.endpoints().stream().allMatch(phone -> is(phone, GONE));
            if (!gone) {
                participants.add(participant(user, speaking));
            }
        }
        return new Roster.Listed(state.subject(), state.userCount(), participants, current);
    }

    private Participant participant(User user, @Nullable Set<Integer> speaking) {
        List<Endpoint> present = new ArrayList<>(user.endpoints());
        // A phone without a status counts as present, and so does a user without phones.
        present.removeIf(phone -> phone.status() != null && !is(phone, PRESENT));
        PartyIdentity party = party(user);
        boolean self = party.user().equals(account.user()) && party.domain().equals(account.domain());
        return new Participant(
                user.entity(),
                party,
                who.apply(party),
                self,
                user.endpoints().isEmpty() || !present.isEmpty(),
                since(present),
                // We receive the mix without our own voice, so it names only the others.
                self ? null : talking(present, speaking),
                !present.isEmpty() && present.stream().allMatch(RosterView::isMuted),
                !present.isEmpty() && present.stream().allMatch(phone -> is(phone, Set.of("on-hold"))));
    }

    private static @Nullable Instant since(List<Endpoint> phones) {
        Instant since = null;
        for (Endpoint phone : phones) {
            Instant joined = phone.joined();
            if (joined != null && (since == null || joined.isBefore(since))) {
                since = joined;
            }
        }
        return since;
    }

    /**
     * Whether one of the phones is speaking, or null if unknown. The SSRC of a medium (RFC 4575
     * §5.8.3) is what the mixer lists as contributing (RFC 3550 §7.1).
     */
    private static @Nullable Boolean talking(List<Endpoint> phones, @Nullable Set<Integer> speaking) {
        Boolean talking = null;
        for (Endpoint phone : phones) {
            for (Media medium : phone.media()) {
                if (speaking != null && medium.source() != null) {
                    talking = Boolean.TRUE.equals(talking) || speaking.contains(medium.source());
                }
            }
        }
        return talking;
    }

    /** Whether the focus says so, or says that the phone only receives. */
    private static boolean isMuted(Endpoint phone) {
        if (is(phone, Set.of("muted-via-focus"))) {
            return true;
        }
        return !phone.media().isEmpty()
                && phone.media().stream()
                        .filter(medium -> "audio".equals(medium.type()))
                        .anyMatch(medium -> "recvonly".equals(medium.status()));
    }

    private static boolean is(Endpoint phone, Set<String> states) {
        String status = phone.status();
        return status != null && states.contains(status);
    }

    private static PartyIdentity party(User user) {
        String name = user.displayText();
        String line = name == null ? null : name.replaceAll("\\p{Cntrl}", " ").trim();
        try {
            return RemoteParty.of(
                    NameAddr.of(line == null || line.isEmpty() ? null : line, SipUri.parse(user.entity())));
        } catch (SipParseException e) {
            return new PartyIdentity(line == null || line.isEmpty() ? null : line, "", "");
        }
    }

    @Override
    public String toString() {
        return "RosterView[redacted]";
    }
}
