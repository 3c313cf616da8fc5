// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code conference-info} document (RFC 4575 §5) as far as it matters here. Prints without its content.
 *
 * @param state of the whole document
 * @param version grows by one from document to document of a subscription (§4.6)
 * @param subject or null where the document does not say
 * @param userCount how many take part, which may be more than are named; null where the document does not say
 * @param users null where the document says nothing of them
 */
record ConferenceInfo(
        State state,
        long version,
        @Nullable String subject,
        @Nullable Integer userCount,
        @Nullable Users users) {
    /** What a document, or an element of it, has to say about what was there before (RFC 4575 §4.4). */
    enum State {
        /** Replaces it. */
        FULL,
        /** Changes what it names. */
        PARTIAL,
        /** Is there no more. */
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
     * @param entity the address that names the user within the conference
     * @param displayText null where the document does not say
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
     * @param status a direction as the endpoint sees it, or null
     * @param source the SSRC of what the endpoint sends (§5.8.3), or null
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
