// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.directory;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers as somebody in a country dials and writes them. Immutable. What is short, or holds a star or a hash, is an extension or a
 * feature code of the phone system and never a telephone number.
 */
public final class NumberPlan {
    /** No national number that people call each other by is shorter; extensions seldom are longer. */
    static final int LONGEST_SHORT = 6;

    private static final int LONGEST = 128;
    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

    private final @Nullable String region;

    private NumberPlan(@Nullable String region) {
        this.region = region;
    }

    /** @param region ISO 3166-1 alpha-2, or null where it is not known; then national numbers are not completed */
    public static NumberPlan of(@Nullable String region) {
        String country = region == null ? null : region.toUpperCase(Locale.ROOT);
        return new NumberPlan(country != null && LIBRARY.getSupportedRegions().contains(country) ? country : null);
    }

    /** Reads a number as typed, dialled or signalled: with separators, letters, extensions, {@code tel:} parameters. */
    public DialString read(String text) {
        String given = text.trim();
        if (given.length() > LONGEST) {
            return new DialString(given, "", null, "");
        }
        if (given.regionMatches(true, 0, "tel:", 0, 4)) {
            given = given.substring(4);
        }
        String literal = literal(given);
        if (!isTelephoneNumber(literal)) {
            return new DialString(literal.isEmpty() ? given : literal, "", null, "");
        }
        PhoneNumber number = complete(given, literal);
        String global = number == null ? null : LIBRARY.format(number, PhoneNumberFormat.E164);
        return new DialString(literal, digits(literal), global, number == null ? "" : number.getExtension());
    }

    /** As people abroad would write it: {@code +49 30 123456}; what is no telephone number stays as it is. */
    public String forDisplay(String text) {
        DialString number = read(text);
        String global = number.global();
        PhoneNumber parsed = global == null ? null : parse(global, null);
        if (parsed == null) {
            return number.literal().isEmpty() ? text : number.literal();
        }
        if (!number.extension().isEmpty()) {
            parsed.setExtension(number.extension());
        }
        return LIBRARY.format(parsed, PhoneNumberFormat.INTERNATIONAL);
    }

    /** Trunks deliver numbers with their country code and without a plus; that is how one is read that would not be valid otherwise. */
    private @Nullable PhoneNumber complete(String given, String literal) {
        PhoneNumber national = parse(given, region);
        if (literal.startsWith("+") || (national != null && LIBRARY.isValidNumber(national))) {
            return national;
        }
        PhoneNumber plus = parse("+" + literal, null);
        return plus != null && LIBRARY.isValidNumber(plus) ? plus : national;
    }

    private static @Nullable PhoneNumber parse(String text, @Nullable String region) {
        try {
            PhoneNumber number = LIBRARY.parse(text, region);
            return LIBRARY.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE ? number : null;
        } catch (NumberParseException e) {
            return null;
        }
    }

    private static boolean isTelephoneNumber(String literal) {
        if (literal.indexOf('*') >= 0 || literal.indexOf('#') >= 0) {
            return false;
        }
        return literal.startsWith("+") ? literal.length() > 3 : literal.length() > LONGEST_SHORT;
    }

    /** What is left when separators, parameters and what follows a pause are gone; empty if it is no number at all. */
    private static String literal(String given) {
        int end = given.indexOf(';');
        String number = end < 0 ? given : given.substring(0, end);
        StringBuilder literal = new StringBuilder(number.length());
        boolean letters = false;
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                literal.append((char) ('0' + digit));
            } else if (c == '*' || c == '#') {
                literal.append(c);
            } else if (c == '+' || c == '\uFF0B') {
                if (literal.length() == 0) {
                    literal.append('+');
                }
            } else if (c == ',') {
                break;
            } else if (Character.isLetter(c)) {
                if (literal.length() == 0 && !letters) {
                    return "";
                }
                letters = true;
                char key = PhoneKeys.of(c);
                if (key == 0) {
                    return "";
                }
                if (isExtensionMark(number, i)) {
                    break;
                }
                literal.append(key);
            } else if (" \u00A0\u2009\u202F-.()/[]\u2010\u2011\u2012\u2013\u2212~".indexOf(c) < 0) {
                return "";
            }
        }
        return literal.toString();
    }

    /** As in {@code 212 555 1212 ext. 77} and {@code x77}. */
    private static boolean isExtensionMark(String number, int at) {
        String rest = number.substring(at).toLowerCase(Locale.ROOT);
        return rest.matches("(ext|extn|extension|x)[.:]?\\s*[0-9]+\\s*");
    }

    private static String digits(String literal) {
        return literal.startsWith("+") ? literal.substring(1) : literal;
    }
}
