// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Summarises media and keys of an SDP in a few words: {@code audio sendrecv, keys by SDES}.
 * Contains no key.
 */
final class MediaSummary {
    private static final List<String> DIRECTIONS = List.of("sendrecv", "sendonly", "recvonly", "inactive");

    private MediaSummary() {}

    /** @return empty if the message has no SDP */
    static String of(TracedMessage message) {
        List<String> media = new ArrayList<>();
        Section section = null;
        String sessionDirection = "sendrecv";
        boolean sessionFingerprint = false;
        List<Section> sections = new ArrayList<>();
        for (String line : body(message)) {
            if (line.startsWith("m=")) {
                String[] words = line.substring(2).split(" +");
                section = new Section(words[0], words.length > 1 && words[1].equals("0"), sessionDirection);
                section.srtp = words.length > 2 && words[2].contains("SAVP");
                section.add(sessionFingerprint, "DTLS");
                sections.add(section);
            } else if (section != null) {
                section.read(line);
            } else if (line.startsWith("a=fingerprint:")) {
                sessionFingerprint = true;
            } else if (line.startsWith("a=") && DIRECTIONS.contains(line.substring(2))) {
                sessionDirection = line.substring(2);
            }
        }
        sections.forEach(each -> media.add(each.inWords()));
        return String.join("; ", media);
    }

    private static List<String> body(TracedMessage message) {
        String text = message.redactedText();
        int end = text.indexOf("\r\n\r\n");
        boolean described = message.header("Content-Type").equalsIgnoreCase("application/sdp")
                || message.header("c").equalsIgnoreCase("application/sdp");
        return end < 0 || !described
                ? List.of()
                : text.substring(end + 4).lines().toList();
    }

    private static final class Section {
        private final String kind;
        private final boolean rejected;
        private String direction;
        private final Set<String> keys = new LinkedHashSet<>();
        private boolean srtp;

        Section(String kind, boolean rejected, String direction) {
            this.kind = kind;
            this.rejected = rejected;
            this.direction = direction;
        }

        void read(String line) {
            if (line.startsWith("a=") && DIRECTIONS.contains(line.substring(2))) {
                direction = line.substring(2);
            }
            add(line.startsWith("a=crypto:"), "SDES");
            add(line.startsWith("a=fingerprint:"), "DTLS");
        }

        void add(boolean there, String way) {
            if (there) {
                keys.add(way);
            }
        }

        String inWords() {
            if (rejected) {
                return kind + " refused";
            }
            String secured = srtp ? "SRTP without keys" : "not encrypted";
            return kind + " " + direction + ", " + (keys.isEmpty() ? secured : "keys by " + String.join(" or ", keys));
        }
    }
}
