// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import com.techpro.callclient.engine.internal.conference.ConferenceInfo.Endpoint;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.Media;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.State;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.User;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.Users;
import com.techpro.callclient.engine.internal.xml.NamespacedXml;
import com.techpro.callclient.stack.xml.XmlElement;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code application/conference-info+xml} (RFC 4575 §5). It ignores extension elements, and
 * users and phones without an id.
 */
final class ConferenceInfoReader {
    static final String CONTENT_TYPE = "application/conference-info+xml";

    private static final NamespacedXml XML = new NamespacedXml("urn:ietf:params:xml:ns:conference-info");
    private static final long LAST_VERSION = 0xFFFF_FFFFL;
    private static final int MOST_USERS = 1_000;
    private static final int MOST_OF_ONE = 16;

    private ConferenceInfoReader() {}

    /** @return null if it is no such document, or is too large */
    static @Nullable ConferenceInfo read(byte[] document) {
        XmlElement root = XML.root(document, "conference-info");
        if (root == null) {
            return null;
        }
        State state = state(root);
        long version = number(root.attribute("version"), LAST_VERSION);
        if (state == null || version < 0) {
            return null;
        }
        XmlElement list = XML.child(root, "users");
        Users users = list == null ? null : users(list);
        if (list != null && users == null) {
            return null;
        }
        XmlElement description = XML.child(root, "conference-description");
        XmlElement conference = XML.child(root, "conference-state");
        long count = conference == null ? -1 : number(text(conference, "user-count"), Integer.MAX_VALUE);
        return new ConferenceInfo(
                state,
                version,
                description == null ? null : subject(description),
                count < 0 ? null : (int) count,
                users);
    }

    private static @Nullable String subject(XmlElement description) {
        String subject = text(description, "subject");
        return subject == null ? text(description, "display-text") : subject;
    }

    private static @Nullable Users users(XmlElement list) {
        State state = state(list);
        List<User> users = new ArrayList<>();
        for (XmlElement element : XML.children(list, "user")) {
            User user = user(element);
            if (user != null) {
                users.add(user);
            }
        }
        return state == null || users.size() > MOST_USERS ? null : new Users(state, users);
    }

    private static @Nullable User user(XmlElement element) {
        String entity = NamespacedXml.attribute(element, "entity");
        State state = state(element);
        List<Endpoint> endpoints = new ArrayList<>(1);
        for (XmlElement child : XML.children(element, "endpoint")) {
            Endpoint endpoint = endpoint(child);
            if (endpoint != null && endpoints.size() < MOST_OF_ONE) {
                endpoints.add(endpoint);
            }
        }
        return entity == null || state == null
                ? null
                : new User(entity, state, text(element, "display-text"), endpoints);
    }

    private static @Nullable Endpoint endpoint(XmlElement element) {
        String entity = NamespacedXml.attribute(element, "entity");
        State state = state(element);
        List<Media> media = new ArrayList<>(1);
        for (XmlElement child : XML.children(element, "media")) {
            Media stream = media(child);
            if (stream != null && media.size() < MOST_OF_ONE) {
                media.add(stream);
            }
        }
        XmlElement joining = XML.child(element, "joining-info");
        return entity == null || state == null
                ? null
                : new Endpoint(
                        entity,
                        state,
                        text(element, "status"),
                        joining == null ? null : moment(text(joining, "when")),
                        media);
    }

    private static @Nullable Media media(XmlElement element) {
        String id = NamespacedXml.attribute(element, "id");
        State state = state(element);
        long source = number(text(element, "src-id"), 0xFFFF_FFFFL);
        return id == null || state == null
                ? null
                : new Media(
                        id, state, text(element, "type"), text(element, "status"), source < 0 ? null : (int) source);
    }

    /** Returns the state, which is full by default (RFC 4575 §5.1, §5.5); null if unknown. */
    private static @Nullable State state(XmlElement element) {
        String state = element.attribute("state");
        if (state == null) {
            return State.FULL;
        }
        return switch (state) {
            case "full" -> State.FULL;
            case "partial" -> State.PARTIAL;
            case "deleted" -> State.DELETED;
            default -> null;
        };
    }

    private static @Nullable String text(XmlElement parent, String name) {
        return NamespacedXml.text(XML.child(parent, name));
    }

    /** @return -1 if it is no number from 0 to the largest */
    private static long number(@Nullable String text, long largest) {
        if (text == null || !text.matches("[0-9]{1,10}")) {
            return -1;
        }
        long number = Long.parseLong(text);
        return number <= largest ? number : -1;
    }

    private static @Nullable Instant moment(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
