// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.net.NumericHost;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what identifies somebody in the descriptions of one call: addresses, host names, keys,
 * passwords, fingerprints, tags. Equal values get equal placeholders, so that a change stays
 * visible. Attributes that it does not know are left out. Belongs to the loop.
 */
public final class TraceRedaction {
    private static final Set<String> KEPT = Set.of(
            "rtpmap",
            "fmtp",
            "ptime",
            "maxptime",
            "minptime",
            "sendrecv",
            "sendonly",
            "recvonly",
            "inactive",
            "rtcp-mux",
            "setup",
            "ice-lite",
            "ice-mismatch",
            "ice-options",
            "end-of-candidates",
            "mid",
            "group",
            "connection");

    private static final Pattern PLAIN = Pattern.compile("[ -?A-~]{0,200}"); // no @
    private static final Pattern KEY = Pattern.compile("inline:([A-Za-z0-9+/]{4})([A-Za-z0-9+/]*)");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,40}");

    /** The values seen, by kind. */
    private final Map<String, Map<String, Integer>> seen = new HashMap<>();

    private int number(String kind, String value) {
        Map<String, Integer> values = seen.computeIfAbsent(kind, first -> new HashMap<>());
        Integer known = values.putIfAbsent(value, values.size() + 1);
        return known == null ? values.size() : known;
    }

    /** Returns the placeholder of a dialog's tag; an empty one stays empty. */
    String tag(String tag) {
        return tag.isEmpty() ? "" : "t" + number("tag", tag);
    }

    String address(InetSocketAddress address) {
        String host = host(NumericHost.text(address.getAddress()));
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /** Returns the description, one line each. */
    List<String> description(SessionDescription description) {
        List<String> lines = new ArrayList<>();
        for (String line : new String(description.encode(), StandardCharsets.UTF_8).split("\r\n")) {
            String kept = line(line);
            if (kept != null) {
                lines.add(kept);
            }
        }
        return lines;
    }

    /** Returns the attributes, one line each, as {@link IceAttributes#parse} reads them. */
    List<String> ice(IceAttributes attributes) {
        List<String> lines = new ArrayList<>();
        for (String line : attributes.write(false)) {
            String kept = attribute(line);
            if (kept != null) {
                lines.add(kept);
            }
        }
        return lines;
    }

    private @Nullable String line(String line) {
        String value = line.substring(2);
        char type = line.charAt(0);
        if (type == 'o') {
            return "o=" + origin(value.split(" "));
        } else if (type == 'c') {
            return "c=" + connection(value.split(" "));
        } else if (type == 'a') {
            String kept = attribute(value);
            return kept == null ? null : "a=" + kept;
        }
        return "vstm".indexOf(type) < 0 ? null : line;
    }

    private String origin(String[] words) {
        String version = DIGITS.matcher(words[2]).matches() ? words[2] : "0";
        return "- " + number("session", words[1]) + " " + version + " " + words[3] + " " + words[4] + " "
                + host(words[5]);
    }

    private String connection(String[] words) {
        return words[0] + " " + words[1] + " " + host(words[2].replaceFirst("/.*", ""));
    }

    private @Nullable String attribute(String attribute) {
        int colon = attribute.indexOf(':');
        String name = colon < 0 ? attribute : attribute.substring(0, colon);
        String value = colon < 0 ? "" : attribute.substring(colon + 1);
        if (KEPT.contains(name)) {
            return PLAIN.matcher(attribute).matches() ? attribute : null;
        }
        return switch (name) {
            case "crypto" -> "crypto:" + keys(value);
            case "fingerprint" -> "fingerprint:" + fingerprint(value);
            case "ice-ufrag" -> String.format(Locale.ROOT, "ice-ufrag:u%07d", number(name, value));
            case "ice-pwd" -> String.format(Locale.ROOT, "ice-pwd:p%023d", number(name, value));
            case "tls-id" -> String.format(Locale.ROOT, "tls-id:i%023d", number(name, value));
            case "candidate" -> candidate(value.split(" "));
            case "remote-candidates" -> "remote-candidates:" + remoteCandidates(value.split(" "));
            case "rtcp" -> "rtcp:" + rtcp(value.split(" "));
            default -> null;
        };
    }

    /** The key's length is kept, and what follows it. */
    private String keys(String value) {
        Matcher key = KEY.matcher(value);
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (key.find()) {
            int number = number("key", key.group()) % 10_000;
            out.append(value, from, key.start()).append(String.format(Locale.ROOT, "inline:%04d", number));
            for (int i = key.start(2); i < key.end(2); i++) {
                out.append('A');
            }
            from = key.end();
        }
        return out.append(value.substring(from)).toString();
    }

    private String fingerprint(String value) {
        int space = value.indexOf(' ');
        String octet = String.format(Locale.ROOT, "%02X", number("fingerprint", value) % 256);
        return space < 0
                ? ""
                : value.substring(0, space) + value.substring(space).replaceAll("[0-9A-Fa-f]{2}", octet);
    }

    private @Nullable String candidate(String[] words) {
        if (words.length < 8) {
            return null;
        }
        List<String> kept = new ArrayList<>(List.of(words).subList(0, Math.min(12, words.length)));
        kept.set(0, Integer.toString(number("foundation", words[0])));
        kept.set(4, host(words[4]));
        if (kept.size() > 9 && kept.get(8).equals("raddr")) {
            kept.set(9, host(words[9]));
        }
        return "candidate:" + String.join(" ", kept);
    }

    private String remoteCandidates(String[] words) {
        for (int i = 1; i < words.length; i += 3) {
            words[i] = host(words[i]);
        }
        return String.join(" ", words);
    }

    private String rtcp(String[] words) {
        return words.length == 4 ? words[0] + " " + connection(new String[] {words[1], words[2], words[3]}) : words[0];
    }

    /** Unspecified addresses have a meaning of their own, and stay. */
    private String host(String host) {
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return host;
        }
        if (host.indexOf(':') >= 0) {
            return "2001:db8::" + Integer.toHexString(number("IPv6", host));
        }
        if (host.matches("[0-9.]+")) {
            return "198.51.100." + number("IPv4", host) % 256;
        }
        return "h" + number("host", host) + (host.endsWith(".local") ? ".local" : ".invalid");
    }
}
