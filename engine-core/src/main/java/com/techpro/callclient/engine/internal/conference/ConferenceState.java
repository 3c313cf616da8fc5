// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import com.techpro.callclient.engine.internal.conference.ConferenceInfo.Endpoint;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.Media;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.State;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state that the documents of a conference add up to (RFC 4575 §4.6). Immutable.
 *
 * @param userCount the number of participants, or null
 * @param users in the order in which they were reported; every element is complete
 */
record ConferenceState(@Nullable String subject, @Nullable Integer userCount, List<User> users) {
    static final ConferenceState EMPTY = new ConferenceState(null, null, List.of());

    /** Limits what many documents add up to, as each document is limited. */
    private static final int MOST_USERS = 1_000;

    ConferenceState {
        users = List.copyOf(users);
    }

    /** Applies a document that is not {@link State#DELETED}. */
    ConferenceState after(ConferenceInfo document) {
        if (document.state() == State.FULL) {
            return EMPTY.changedBy(document);
        }
        return changedBy(document);
    }

    private ConferenceState changedBy(ConferenceInfo document) {
        ConferenceInfo.Users told = document.users();
        return new ConferenceState(
                document.subject() == null ? subject : document.subject(),
                document.userCount() == null ? userCount : document.userCount(),
                told == null ? users : users(told));
    }

    private List<User> users(ConferenceInfo.Users told) {
        List<User> before = told.state() == State.PARTIAL ? users : List.of();
        List<User> after = merged(
                before,
                told.state() == State.DELETED ? List.of() : told.users(),
                User::entity,
                User::state,
                this::changed);
        return after.size() > MOST_USERS ? after.subList(0, MOST_USERS) : after;
    }

    private User changed(User before, User change) {
        return new User(
                before.entity(),
                State.FULL,
                change.displayText() == null ? before.displayText() : change.displayText(),
                merged(before.endpoints(), change.endpoints(), Endpoint::entity, Endpoint::state, this::changed));
    }

    private Endpoint changed(Endpoint before, Endpoint change) {
        return new Endpoint(
                before.entity(),
                State.FULL,
                change.status() == null ? before.status() : change.status(),
                change.joined() == null ? before.joined() : change.joined(),
                merged(before.media(), change.media(), Media::id, Media::state, this::changed));
    }

    private Media changed(Media before, Media change) {
        return new Media(
                before.id(),
                State.FULL,
                change.type() == null ? before.type() : change.type(),
                change.status() == null ? before.status() : change.status(),
                change.source() == null ? before.source() : change.source());
    }

    /** Merges elements by their keys; a change to an unknown element adds it. */
    private static <T> List<T> merged(
            List<T> before,
            List<T> changes,
            Function<T, String> key,
            Function<T, State> state,
            BinaryOperator<T> changed) {
        Map<String, T> elements = new LinkedHashMap<>();
        before.forEach(element -> elements.put(key.apply(element), element));
        for (T change : changes) {
            String name = key.apply(change);
            T known = elements.get(name);
            if (state.apply(change) == State.DELETED) {
                elements.remove(name);
            } else if (known == null || state.apply(change) == State.FULL) {
                elements.put(name, change);
            } else {
                elements.put(name, changed.apply(known, change));
            }
        }
        return new ArrayList<>(elements.values());
    }

    @Override
    public String toString() {
        return "ConferenceState[" + users.size() + " users]";
    }
}
