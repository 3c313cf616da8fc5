// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code conference-info} document (RFC 4575 §5), as far as it is used here. Prints without its
 * content.
 *
 * @param state of the whole document
 * @param version grows by one with each document of a subscription (§4.6)
 * @param subject null if unknown
 * @param userCount the number of participants, which may exceed those listed; null if unknown
 * @param users null if the document does not mention them
 */
record ConferenceInfo(
        State state,
        long version,
        @Nullable String subject,
        @Nullable Integer userCount,
        @Nullable Users users) {
    /** How a document or an element of it relates to the previous state (RFC 4575 §4.4). */
    enum State {
        /** Replaces the previous state. */
        FULL,
        /** Changes parts of it. */
        PARTIAL,
        /** Removes it. */
        DELETED
    }

    record Users(State state, List<User> users) {
        Users {
            users = List.copyOf(users);
        }

        @Override
        public String toString() {
            return "Users[" + state + ", " + users.size() + "]";
        }
    }

    /**
     * @param entity the user's address within the conference
     * @param displayText null if unknown
     */
    record User(String entity, State state, @Nullable String displayText, List<Endpoint> endpoints) {
        User {
            endpoints = List.copyOf(endpoints);
        }

        @Override
        public String toString() {
            return "User[redacted]";
        }
    }

    /**
     * A phone of a user.
     *
     * @param status such as {@code connected} or {@code on-hold} (§5.6.3), or null
     * @param joined or null
     */
    record Endpoint(
            String entity,
            State state,
            @Nullable String status,
            @Nullable Instant joined,
            List<Media> media) {
        Endpoint {
            media = List.copyOf(media);
        }

        @Override
        public String toString() {
            return "Endpoint[redacted]";
        }
    }

    /**
     * @param type such as {@code audio}, or null
     * @param status a direction from the endpoint's view, or null
     * @param source the SSRC that the endpoint sends (§5.8.3), or null
     */
    record Media(
            String id,
            State state,
            @Nullable String type,
            @Nullable String status,
            @Nullable Integer source) {}

    @Override
    public String toString() {
        return "ConferenceInfo[" + state + ", " + version + "]";
    }
}
