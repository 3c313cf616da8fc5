// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.UndialableException;
import com.techpro.callclient.engine.call.UndialableException.Reason;
import com.techpro.callclient.engine.internal.sip.message.SipParseException;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user types to call somebody, as an address. Prints without personal data.
 *
 * @param uri who is called
 * @param keys to press once the call is answered, with a comma for each pause of {@link PostDialKeys}; empty for none
 */
public record DialTarget(SipUri uri, String keys) {
    private static final int MOST = 255;
    /** The usual separators (RFC 3966 §5.1.1), a blank and a slash. */
    private static final String SEPARATORS = "[-.() /]";
    /** A number and what is dialled behind it, as phones write it. */
    private static final Pattern WITH_KEYS = Pattern.compile("([0-9+*#.() /-]+)([,;][0-9A-Da-d*#,; ]*)");

    /** A number with letters: no user name has a blank in it. */
    private static final Pattern SPACED = Pattern.compile("[(+]?[0-9][A-Za-z0-9.()/-]*( [A-Za-z0-9.()/ -]*)");
    /** A number with letters: digits, and then words in capitals, one of which is too long for the digits of a hardware address. */
    private static final Pattern CAPITALS =
            Pattern.compile("[(+]?[0-9][0-9.()/-]*[-./)](?=.*[A-Z]{4})[A-Z]+([-./][A-Z]+)*");
    /** A telephone number within an area. */
    private static final int FEWEST_KEYS = 7;
    /** The key of each letter (ITU-T E.161). */
    private static final String KEY_OF_LETTER = "22233344455566677778889999";

    /**
     * A whole {@code sip:}, {@code sips:} or {@code tel:} address; a name or number with an at sign; or one of the account's own domain.
     * Numbers may be written with the usual separators (RFC 3966 §5.1.1), with letters, and with keys behind commas.
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
     * As {@link #dialled}, where nobody is called and no keys can be pressed.
     *
     * @throws UndialableException if it cannot be an address
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

    /** Of a number only: in a name, a dash may be meant. */
    private static String withoutSeparators(String target) {
        boolean number = target.chars().allMatch(c -> (c >= '0' && c <= '9') || "+*#-.() /".indexOf(c) >= 0);
        return number ? target.replaceAll(SEPARATORS, "") : target;
    }

    /** A number such as 0800 FLOWERS as the keys for it; every other name as it is. */
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
