// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes documents of the conference event package (RFC 4575 §5). */
final class ConferenceInfoWriter {
    static final String TYPE = "application/conference-info+xml";

    private final StringBuilder out = new StringBuilder(2048);
    private final String domain;

    private ConferenceInfoWriter(String domain) {
        this.domain = domain;
    }

    /** The document's state attribute. */
    enum State {
        FULL,
        PARTIAL
    }

    /** A changed user with all its endpoints; no endpoints if it has left. */
    public record User(String extension, List<RoomParticipant> endpoints) {
        public User {
            endpoints = List.copyOf(endpoints);
        }
    }

    /**
     * @param users all users, or the changed ones
     * @param filler length in characters of a meaningless description
     */
    static String document(String domain, ConferenceRoom room, State state, int version, List<User> users, int filler) {
        return new ConferenceInfoWriter(domain).write(room, state, version, users, filler);
    }

    private String write(ConferenceRoom room, State state, int version, List<User> users, int filler) {
        String word = state == State.FULL ? "full" : "partial";
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\"")
                .append(" entity=\"")
                .append(escaped(addressOf(room.number())))
                .append('"')
                .append(" state=\"")
                .append(word)
                .append("\" version=\"")
                .append(version)
                .append("\">\n");
        if (state == State.FULL || filler > 0) {
            out.append(" <conference-description>\n");
            element("  ", "display-text", room.title());
            if (filler > 0) {
                element("  ", "free-text", "x".repeat(filler));
            }
            out.append(" </conference-description>\n");
        }
        out.append(" <conference-state>\n");
        element("  ", "user-count", Integer.toString(room.userCount()));
        element("  ", "active", "true");
        element("  ", "locked", "false");
        out.append(" </conference-state>\n <users state=\"").append(word).append("\">\n");
        users.forEach(this::user);
        return out.append(" </users>\n</conference-info>\n").toString();
    }

    private void user(User user) {
        out.append("  <user entity=\"")
                .append(escaped(addressOf(user.extension())))
                .append('"');
        if (user.endpoints().isEmpty()) {
            out.append(" state=\"deleted\"/>\n");
            return;
        }
        out.append(" state=\"full\">\n");
        element("   ", "display-text", user.endpoints().get(0).displayName());
        user.endpoints().forEach(this::endpoint);
        out.append("  </user>\n");
    }

    private void endpoint(RoomParticipant participant) {
        String device = participant.device();
        String entity = device == null ? addressOf(participant.extension()) : device;
        out.append("   <endpoint entity=\"").append(escaped(entity)).append("\" state=\"full\">\n");
        element("    ", "status", participant.status());
        element("    ", "joining-method", participant.invited() ? "dialed-out" : "dialed-in");
        Instant joined = participant.joinedAt();
        String by = participant.invitedBy();
        if (joined != null || by != null) {
            out.append("    <joining-info>\n");
            if (joined != null) {
                element("     ", "when", joined.truncatedTo(ChronoUnit.SECONDS).toString());
            }
            if (by != null) {
                element("     ", "by", addressOf(by));
            }
            out.append("    </joining-info>\n");
        }
        if (participant.connected()) {
            out.append("    <media id=\"1\">\n");
            element("     ", "type", "audio");
            if (participant.source().isPresent()) {
                element("     ", "src-id", Long.toString(participant.source().getAsLong()));
            }
            // RFC 4575 §5.8: as the participant sees it.
            element("     ", "status", participant.direction());
            out.append("    </media>\n");
        }
        out.append("   </endpoint>\n");
    }

    private String addressOf(String user) {
        return "sip:" + user + "@" + domain;
    }

    private void element(String indent, String name, String text) {
        out.append(indent).append('<').append(name).append('>').append(escaped(text));
        out.append("</").append(name).append(">\n");
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                // XML 1.0 cannot contain control characters.
                default -> safe.append(c < ' ' ? ' ' : c);
            }
        }
        return safe.toString();
    }
}
