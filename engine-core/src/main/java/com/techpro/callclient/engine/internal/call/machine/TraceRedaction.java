// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.net.NumericHost;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the descriptions of one call from what may be shown: the words of the grammar, bounded
 * numbers, and placeholders for addresses, keys and names. Equal values get equal placeholders, so
 * that a change stays visible. A value that is in no list here becomes {@code other}; an attribute
 * that is not is left out. Belongs to the loop.
 */
public final class TraceRedaction {
    private static final String OTHER = "other";

    private static final Set<String> FLAGS = words("sendrecv sendonly recvonly inactive rtcp-mux rtcp-mux-only"
            + " bundle-only ice-lite ice-mismatch end-of-candidates");
    private static final Set<String> MEDIA = words("audio video application image text message");
    private static final Set<String> PROTOCOLS = words("RTP/AVP RTP/AVPF RTP/SAVP RTP/SAVPF UDP/TLS/RTP/SAVP"
            + " UDP/TLS/RTP/SAVPF UDP/DTLS/SCTP TCP/DTLS/SCTP udptl UDP/BFCP TCP/MSRP TCP/TLS/MSRP");
    private static final Set<String> FORMATS = words("webrtc-datachannel t38 *");
    private static final Set<String> CODECS = words("opus G722 PCMA PCMU G729 GSM iLBC speex AMR AMR-WB EVS L16"
            + " telephone-event CN red VP8 VP9 H264 H265 AV1 rtx ulpfec");
    private static final Set<String> RATES = words("8000 11025 12000 16000 22050 24000 32000 44100 48000 90000");
    private static final Set<String> PARAMETERS = words("minptime maxptime ptime useinbandfec usedtx stereo cbr"
            + " sprop-stereo maxplaybackrate sprop-maxcapturerate maxaveragebitrate annexb mode octet-align");
    private static final Set<String> SETUPS = words("active passive actpass holdconn");
    private static final Set<String> CONNECTIONS = words("new existing");
    private static final Set<String> ICE_OPTIONS = words("trickle ice2 renomination rtp+ecn");
    private static final Set<String> GROUPS = words("BUNDLE LS FID ANAT");
    private static final Set<String> HASHES = words("sha-1 sha-224 sha-256 sha-384 sha-512 md5 md2");
    private static final Set<String> TRANSPORTS = words("udp tcp");
    private static final Set<String> CANDIDATES = words("host srflx prflx relay");

    private static final Pattern RTPMAP = Pattern.compile("(\\d{1,3}) ([^/ ]+)/(\\d{1,6})(/\\d)?");
    private static final Pattern FMTP = Pattern.compile("(\\d{1,3}) (.*)");
    /** The events of RFC 4733, or the payload types of RFC 2198. */
    private static final Pattern EVENTS_OR_BLOCKS =
            Pattern.compile("\\d{1,3}(?:-\\d{1,3})?(?:,\\d{1,3}(?:-\\d{1,3})?){0,2}|\\d{1,3}(?:/\\d{1,3}){1,3}");

    private static final Pattern PARAMETER = Pattern.compile("([a-z-]+)=(\\d{1,6}|yes|no)");
    private static final Pattern FINGERPRINT = Pattern.compile("(\\S+) ([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){0,63})");

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
        if (line.charAt(0) == 'a') {
            String kept = attribute(value);
            return kept == null ? null : "a=" + kept;
        }
        return switch (line.charAt(0)) {
            case 'o' -> "o=" + origin(value.split(" "));
            case 'c' -> "c=" + connection(value.split(" "));
            case 'm' -> "m=" + media(value.split(" "));
            // As SessionDescription writes them always.
            default -> line.equals("v=0") || line.equals("s=-") || line.equals("t=0 0") ? line : null;
        };
    }

    private String origin(String[] words) {
        return "- " + number("session", words[1]) + " " + number("version", words[2]) + " "
                + connection(new String[] {words[3], words[4], words[5]});
    }

    private String connection(String[] words) {
        boolean known = words.length == 3 && words[0].equals("IN") && words[1].matches("IP[46]");
        return known ? "IN " + words[1] + " " + host(words[2].replaceFirst("/.*", "")) : OTHER;
    }

    private static String media(String[] words) {
        StringBuilder line = new StringBuilder(word(MEDIA, words[0]))
                .append(' ')
                .append(bounded(words[1], 65_535))
                .append(' ')
                .append(word(PROTOCOLS, words[2]));
        for (int i = 3; i < words.length; i++) {
            String format = bounded(words[i], 127);
            line.append(' ').append(format.equals(OTHER) ? word(FORMATS, words[i]) : format);
        }
        return line.toString();
    }

    private @Nullable String attribute(String attribute) {
        int colon = attribute.indexOf(':');
        if (colon < 0) {
            return FLAGS.contains(attribute) ? attribute : null;
        }
        String name = attribute.substring(0, colon);
        String value = attribute.substring(colon + 1);
        String shown = switch (name) {
            case "ptime", "maxptime", "minptime", "ice-pacing" -> bounded(value, 10_000);
            case "rtpmap" -> rtpmap(value);
            case "fmtp" -> fmtp(value);
            case "setup" -> word(SETUPS, value);
            case "connection" -> word(CONNECTIONS, value);
            case "ice-options" ->
                Arrays.stream(value.split(" "))
                        .map(each -> word(ICE_OPTIONS, each))
                        .collect(Collectors.joining(" "));
            case "mid" -> "m" + number(name, value);
            case "group" -> group(value.split(" "));
            case "crypto" -> crypto(SrtpKeys.parse(value));
            case "fingerprint" -> fingerprint(value);
            case "ice-ufrag" -> String.format(Locale.ROOT, "u%07d", number(name, value));
            case "ice-pwd" -> String.format(Locale.ROOT, "p%023d", number(name, value));
            case "tls-id" -> String.format(Locale.ROOT, "i%023d", number(name, value));
            case "candidate" -> candidate(value.split(" "));
            case "remote-candidates" -> remoteCandidates(value.split(" "));
            case "rtcp" -> rtcp(value.split(" "));
            default -> null;
        };
        return shown == null ? null : name + ":" + shown;
    }

    private static String rtpmap(String value) {
        Matcher map = RTPMAP.matcher(value);
        if (!map.matches()) {
            return OTHER;
        }
        String channels = map.group(4) == null ? "" : map.group(4);
        return bounded(map.group(1), 127) + " " + word(CODECS, map.group(2)) + "/" + word(RATES, map.group(3))
                + channels;
    }

    private static String fmtp(String value) {
        Matcher fmtp = FMTP.matcher(value);
        if (!fmtp.matches()) {
            return OTHER;
        }
        String given = fmtp.group(2);
        List<String> shown = new ArrayList<>();
        for (String each : given.split(";")) {
            Matcher parameter = PARAMETER.matcher(each.trim());
            if (parameter.matches() && PARAMETERS.contains(parameter.group(1))) {
                shown.add(parameter.group());
            }
        }
        String list = shown.isEmpty() ? OTHER : String.join(";", shown);
        return bounded(fmtp.group(1), 127) + " "
                + (EVENTS_OR_BLOCKS.matcher(given).matches() ? given : list);
    }

    private String group(String[] words) {
        StringBuilder group = new StringBuilder(word(GROUPS, words[0]));
        for (int i = 1; i < words.length; i++) {
            group.append(" m").append(number("mid", words[i]));
        }
        return group.toString();
    }

    /** Of a key the suite and the lifetime's magnitude, else a line with the same problem. */
    private String crypto(CryptoAttribute parsed) {
        if (parsed.tag() < 0) {
            return OTHER;
        }
        int tag = parsed.tag() < 100 ? parsed.tag() : 100 + number("crypto tag", Integer.toString(parsed.tag()));
        if (parsed instanceof CryptoAttribute.Usable usable) {
            SrtpKeys keys = usable.keys();
            int number = number("key", Base64.getEncoder().encodeToString(keys.masterKeySalt())) % 10_000;
            byte[] shown = Arrays.copyOf(
                    Base64.getDecoder().decode(String.format(Locale.ROOT, "%04d", number)),
                    keys.masterKeySalt().length);
            return new SrtpKeys(keys.suite(), shown, Long.highestOneBit(keys.lifetime())).toCryptoAttribute(tag);
        }
        SrtpSuite suite = SrtpSuite.AES_CM_128_HMAC_SHA1_80;
        String zeros = new SrtpKeys(suite, new byte[suite.keyLength() + suite.saltLength()], SrtpKeys.MAX_LIFETIME)
                .toCryptoAttribute(tag);
        return switch (((CryptoAttribute.Unusable) parsed).problem()) {
            case MALFORMED -> Integer.toString(tag);
            case UNKNOWN_SUITE -> tag + " OTHER inline:";
            case KEY_LENGTH -> tag + " " + suite + " inline:AAAA";
            case LIFETIME -> zeros + "|0";
            case MKI -> zeros + "|1:1";
            case WEAKENED -> zeros + " UNENCRYPTED_SRTP";
            case UNKNOWN_PARAMETER -> zeros + " OTHER";
        };
    }

    private String fingerprint(String value) {
        Matcher fingerprint = FINGERPRINT.matcher(value);
        if (!fingerprint.matches()) {
            return OTHER;
        }
        String octet = String.format(Locale.ROOT, "%02X", number("fingerprint", value) % 256);
        return word(HASHES, fingerprint.group(1)) + " " + fingerprint.group(2).replaceAll("[0-9A-Fa-f]{2}", octet);
    }

    private @Nullable String candidate(String[] words) {
        if (words.length < 8) {
            return null;
        }
        String address = host(words[4]);
        String related = words.length >= 12 && words[8].equals("raddr") && words[10].equals("rport")
                ? " raddr " + host(words[9]) + " rport " + bounded(words[11], 65_535)
                : "";
        return number("foundation", words[0]) + " " + bounded(words[1], 2) + " " + word(TRANSPORTS, words[2]) + " "
                + priority(words[3]) + " " + address + " " + bounded(words[5], 65_535) + " typ "
                + word(CANDIDATES, words[7]) + related;
    }

    /** Keeps the preference of the type (RFC 8445 §5.1.2.1). */
    private String priority(String text) {
        String known = bounded(text, Integer.MAX_VALUE);
        return known.equals(OTHER)
                ? OTHER
                : Long.toString((Long.parseLong(known) & 0x7F00_0000L) + number("priority", known) % 0x1_0000);
    }

    private String remoteCandidates(String[] words) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i + 2 < words.length; i += 3) {
            shown.add(bounded(words[i], 2) + " " + host(words[i + 1]) + " " + bounded(words[i + 2], 65_535));
        }
        return String.join(" ", shown);
    }

    private String rtcp(String[] words) {
        return bounded(words[0], 65_535)
                + (words.length == 4 ? " " + connection(new String[] {words[1], words[2], words[3]}) : "");
    }

    private static Set<String> words(String list) {
        return new HashSet<>(Arrays.asList(list.split(" ")));
    }

    /** Returns the word as the list has it. */
    private static String word(Set<String> known, String given) {
        for (String word : known) {
            if (word.equalsIgnoreCase(given)) {
                return word;
            }
        }
        return OTHER;
    }

    private static String bounded(String text, long most) {
        boolean number = !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number && Long.parseLong(text) <= most ? Long.toString(Long.parseLong(text)) : OTHER;
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
