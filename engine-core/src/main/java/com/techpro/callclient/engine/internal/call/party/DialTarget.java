// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.party;

import com.techpro.callclient.engine.call.UndialableException;
import com.techpro.callclient.engine.call.UndialableException.Reason;
import com.techpro.callclient.engine.internal.call.PostDialKeys;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dialled number or address, parsed. Prints without personal data.
 *
 * @param uri the party to call
 * @param keys DTMF digits to send after the answer, with a comma for each pause of
 *     {@link PostDialKeys}; empty for none
 */
public record DialTarget(SipUri uri, String keys) {
    private static final int MOST = 255;
    /** The usual separators (RFC 3966 §5.1.1), a blank and a slash. */
    private static final String SEPARATORS = "[-.() /]";
    /** A number with post-dial digits, as phones write it. */
    private static final Pattern WITH_KEYS = Pattern.compile("([0-9+*#.() /-]+)([,;][0-9A-Da-d*#,; ]*)");

    /** A number with letters and blanks; user names have no blanks. */
    private static final Pattern SPACED = Pattern.compile("[(+]?[0-9][A-Za-z0-9.()/-]*( [A-Za-z0-9.()/ -]*)");
    /**
     * A number with letters: digits, then words in capitals. One word is too long to be part of a
     * hardware address.
     */
    private static final Pattern CAPITALS =
            Pattern.compile("[(+]?[0-9][0-9.()/-]*[-./)](?=.*[A-Z]{4})[A-Z]+([-./][A-Z]+)*");
    /** Digits of a local telephone number. */
    private static final int FEWEST_KEYS = 7;
    /** The digit of each letter (ITU-T E.161). */
    private static final String KEY_OF_LETTER = "22233344455566677778889999";

    /**
     * Parses a complete {@code sip:}, {@code sips:} or {@code tel:} address, or an address with an
     * at sign. Other text is a name or number in the account's own domain. Numbers may contain the
     * usual separators (RFC 3966 §5.1.1), letters, and post-dial digits after commas.
     *
     * @throws UndialableException if it cannot be an address; the message does not repeat it
     */
    public static DialTarget dialled(String text, String domain) {
        String target = text.trim();
        Matcher number = WITH_KEYS.matcher(target);
        if (target.length() > MOST || !number.matches()) {
            return new DialTarget(address(target, domain), "");
        }
        String keys = number.group(2).replace(" ", "").toUpperCase(Locale.ROOT);
        if (keys.indexOf(';') >= 0) {
            throw new UndialableException(Reason.WAIT);
        }
        return new DialTarget(address(number.group(1).trim(), domain), keys);
    }

    /**
     * As {@link #dialled}, but refuses post-dial digits.
     *
     * @throws UndialableException if it cannot be an address, or has post-dial digits
     */
    public static SipUri parse(String text, String domain) {
        DialTarget target = dialled(text, domain);
        if (!target.keys.isEmpty()) {
            throw new UndialableException(Reason.KEYS);
        }
        return target.uri;
    }

    private static SipUri address(String text, String domain) {
        String target = text;
        String lower = target.toLowerCase(Locale.ROOT);
        if (target.isEmpty()) {
            throw new UndialableException(Reason.EMPTY);
        }
        if (target.length() > MOST) {
            throw new UndialableException(Reason.TOO_LONG);
        }
        try {
            if (lower.startsWith("sip:") || lower.startsWith("sips:")) {
                return checked(SipUri.parse(target));
            }
            if (lower.startsWith("tel:")) {
                target = target.substring(4);
            }
            if (target.indexOf('@') >= 0) {
                return checked(SipUri.parse("sip:" + target));
            }
            String user = withoutLetters(withoutSeparators(target));
            if (user.isEmpty() || user.chars().anyMatch(c -> c <= ' ' || c == ':')) {
                throw new UndialableException(Reason.NOT_AN_ADDRESS);
            }
            return SipUri.of("sip", user, domain, 0);
        } catch (SipParseException e) {
            UndialableException undialable = new UndialableException(Reason.NOT_AN_ADDRESS);
            undialable.initCause(e);
            throw undialable;
        }
    }

    private static SipUri checked(SipUri uri) {
        String user = uri.user();
        if (user == null || user.isEmpty()) {
            throw new UndialableException(Reason.NOBODY);
        }
        return uri.withoutHeaders();
    }

    /** Removes separators from numbers only: in a name, a dash may be meant. */
    private static String withoutSeparators(String target) {
        boolean number = target.chars().allMatch(c -> (c >= '0' && c <= '9') || "+*#-.() /".indexOf(c) >= 0);
        return number ? target.replaceAll(SEPARATORS, "") : target;
    }

    /** Converts a number such as 0800 FLOWERS to digits; returns other names unchanged. */
    private static String withoutLetters(String target) {
        if (!SPACED.matcher(target).matches() && !CAPITALS.matcher(target).matches()) {
            return target;
        }
        StringBuilder keys = new StringBuilder();
        for (char c : target.replaceAll(SEPARATORS, "").toUpperCase(Locale.ROOT).toCharArray()) {
            keys.append(c >= 'A' && c <= 'Z' ? KEY_OF_LETTER.charAt(c - 'A') : c);
        }
        return keys.length() < FEWEST_KEYS ? target : keys.toString();
    }

    @Override
    public String toString() {
        return "DialTarget[redacted]";
    }
}
