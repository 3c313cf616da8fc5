// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Redacts a session description (RFC 8866), as {@link SipRedactor} does a message. Shows media
 * lines, codecs, directions and cipher names; never a key (RFC 4568) or a name.
 */
final class SdpRedactor {
    private static final String LEFT_OUT = "[redacted]";
    private static final int MAX_LINES = 300;

    private static final Pattern MEDIA =
            Pattern.compile("m=(audio|video|application|image|text|message) (\\d{1,5})(/\\d{1,3})?"
                    + " ((?:UDP/TLS/|TCP/)?RTP/S?AVPF?|udptl|UDP/BFCP)((?: \\d{1,3}){0,64})");
    private static final Pattern CONNECTION = Pattern.compile("c=IN (IP[46]) ([^\\s/]{1,256}).*");
    private static final Pattern ORIGIN = Pattern.compile("o=\\S+ \\d+ (\\d+) IN (IP[46]) (\\S{1,256})");
    private static final Pattern RTPMAP =
            Pattern.compile("a=rtpmap:(\\d{1,3}) ([A-Za-z0-9-]{1,20})/(\\d{1,6})(/\\d{1,2})?");
    private static final Pattern CRYPTO = Pattern.compile("a=crypto:(\\d{1,2}) ([A-Za-z0-9_]{1,40}) .*");
    private static final Pattern NUMBERED = Pattern.compile("a=(ptime|maxptime|rtcp):(\\d{1,5})(?: .*)?");
    private static final Pattern FLAG = Pattern.compile("a=([a-z-]{1,24})(?::(active|passive|actpass|holdconn))?");

    private final Pseudonyms pseudonyms;

    SdpRedactor(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    void redact(String body, StringBuilder out) {
        int count = 0;
        for (String line : body.split("\r?\n", MAX_LINES + 1)) {
            if (count++ == MAX_LINES) {
                out.append("[more lines]\n");
            } else if (!line.isEmpty()) {
                out.append(line(line)).append('\n');
            }
        }
    }

    private String line(String line) {
        if (line.equals("v=0") || line.equals("s=-") || line.equals("t=0 0")) {
            return line;
        }
        Matcher media = MEDIA.matcher(line);
        if (media.matches()) {
            return line;
        }
        Matcher connection = CONNECTION.matcher(line);
        if (connection.matches()) {
            String address = connection.group(2);
            // A hold by RFC 2543 is worth showing, and identifies nobody.
            boolean held = address.equals("0.0.0.0");
            return "c=IN " + connection.group(1) + " " + (held ? address : pseudonyms.host(address));
        }
        Matcher origin = ORIGIN.matcher(line);
        if (origin.matches()) {
            return "o=- " + LEFT_OUT + " " + pseudonyms.number(origin.group(1)) + " IN " + origin.group(2) + " "
                    + pseudonyms.host(origin.group(3));
        }
        return line.startsWith("a=") ? attribute(line) : first(line) + LEFT_OUT;
    }

    private static String attribute(String line) {
        Matcher crypto = CRYPTO.matcher(line);
        if (crypto.matches()) {
            String suite = SipVocabulary.isCryptoSuite(crypto.group(2)) ? crypto.group(2) : "?";
            return "a=crypto:" + crypto.group(1) + " " + suite + " inline:" + LEFT_OUT;
        }
        Matcher rtpmap = RTPMAP.matcher(line);
        if (rtpmap.matches() && SipVocabulary.isCodec(rtpmap.group(2))) {
            return line;
        }
        Matcher numbered = NUMBERED.matcher(line);
        if (numbered.matches()) {
            return "a=" + numbered.group(1) + ":" + numbered.group(2);
        }
        Matcher flag = FLAG.matcher(line);
        return flag.matches() && SipVocabulary.isFlagAttribute(flag.group(1)) ? line : "a=" + LEFT_OUT;
    }

    private static String first(String line) {
        boolean typed = line.length() > 1 && line.charAt(1) == '=' && line.charAt(0) >= 'a' && line.charAt(0) <= 'z';
        return typed ? line.substring(0, 2) : "";
    }
}
