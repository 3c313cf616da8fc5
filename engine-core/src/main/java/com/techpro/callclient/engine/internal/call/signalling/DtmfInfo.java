// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import com.techpro.callclient.stack.sip.message.SipMessage;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A DTMF digit sent by INFO: {@code application/dtmf-relay}, or the bare {@code application/dtmf}.
 */
public record DtmfInfo(char tone, Duration length) {
    public static final String CONTENT_TYPE = "application/dtmf-relay";
    public static final String TONES = "0123456789*#ABCD";

    private static final Duration DEFAULT_LENGTH = Duration.ofMillis(160);
    private static final int MAX_BODY = 256;
    private static final int MAX_MILLIS = 10_000;

    public static DtmfInfo of(char tone) {
        return new DtmfInfo(tone, DEFAULT_LENGTH);
    }

    public String body() {
        return "Signal=" + tone + "\r\nDuration=" + length.toMillis() + "\r\n";
    }

    public static boolean isTone(char c) {
        return TONES.indexOf(c) >= 0;
    }

    /** Returns the digit of an INFO, or null if the INFO is about something else. */
    public static @Nullable DtmfInfo parse(SipMessage info) {
        String type = info.contentType();
        if (type == null) {
            return null;
        }
        String body = info.bodyText();
        if (body.length() > MAX_BODY) {
            return null;
        }
        if (type.equals("application/dtmf")) {
            return of(body.trim(), DEFAULT_LENGTH);
        }
        if (!type.equals(CONTENT_TYPE)) {
            return null;
        }
        String signal = "";
        Duration length = DEFAULT_LENGTH;
        for (String line : body.split("\r\n|\n|\r", -1)) {
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals).trim().toLowerCase(Locale.ROOT);
            if (name.equals("signal")) {
                signal = line.substring(equals + 1).trim();
            } else if (name.equals("duration")) {
                length = length(line.substring(equals + 1).trim());
            }
        }
        return of(signal, length);
    }

    private static @Nullable DtmfInfo of(String signal, Duration length) {
        String tone = signal.equals("10") ? "*" : signal.equals("11") ? "#" : signal.toUpperCase(Locale.ROOT);
        return tone.length() == 1 && isTone(tone.charAt(0)) ? new DtmfInfo(tone.charAt(0), length) : null;
    }

    private static Duration length(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return DEFAULT_LENGTH;
        }
        return Duration.ofMillis(Math.min(Integer.parseInt(text), MAX_MILLIS));
    }

    @Override
    public String toString() {
        return "DtmfInfo[redacted]";
    }
}
