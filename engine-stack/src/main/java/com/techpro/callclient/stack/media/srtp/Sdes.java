// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute.Problem;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute.Unusable;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute.Usable;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses and writes keys in SDP: the grammar of RFC 4568 §9.2, with limits. */
final class Sdes {
    private static final int MAX_LENGTH = 1024;
    private static final String INLINE = "inline:";

    private Sdes() {}

    /**
     * {@code tag SP suite SP inline:key||salt}; the maximum lifetime is the default, so it is
     * omitted.
     */
    static String format(int tag, SrtpKeys keys) {
        String lifetime = keys.lifetime() == SrtpKeys.MAX_LIFETIME ? "" : "|" + keys.lifetime();
        return tag + " " + keys.suite() + " " + INLINE + Base64.getEncoder().encodeToString(keys.masterKeySalt())
                + lifetime;
    }

    static CryptoAttribute parse(String value) {
        if (value.length() > MAX_LENGTH) {
            return new Unusable(-1, Problem.MALFORMED);
        }
        String[] words = value.trim().split(" +", -1);
        int tag = tag(words[0]);
        if (tag < 0 || words.length < 3) {
            return new Unusable(tag, Problem.MALFORMED);
        }
        SrtpSuite suite = suite(words[1]);
        if (suite == null) {
            return new Unusable(tag, Problem.UNKNOWN_SUITE);
        }
        for (int i = 3; i < words.length; i++) {
            Problem problem = sessionParameter(words[i].toUpperCase(Locale.ROOT));
            if (problem != null) {
                return new Unusable(tag, problem);
            }
        }
        return key(tag, suite, words[2]);
    }

    /** One to nine digits (RFC 4568 §9.1); a leading zero is legal. */
    private static int tag(String word) {
        if (word.isEmpty() || word.length() > 9) {
            return -1;
        }
        return (int) decimal(word);
    }

    /** Suite names are case-insensitive (RFC 4568 §9.2, by the rules of RFC 4234 literals). */
    private static @Nullable SrtpSuite suite(String word) {
        for (SrtpSuite suite : SrtpSuite.values()) {
            if (suite.name().equalsIgnoreCase(word)) {
                return suite;
            }
        }
        return null;
    }

    /**
     * RFC 4568 §6.3. A window size hint is only a hint; a leading minus marks an optional parameter
     * (§6.3.7).
     */
    private static @Nullable Problem sessionParameter(String parameter) {
        if (parameter.startsWith("-") || parameter.startsWith("WSH=") || parameter.equals("KDR=0")) {
            return null;
        }
        if (parameter.startsWith("UNENCRYPTED_") || parameter.startsWith("UNAUTHENTICATED_")) {
            return Problem.WEAKENED;
        }
        return Problem.UNKNOWN_PARAMETER;
    }

    private static CryptoAttribute key(int tag, SrtpSuite suite, String word) {
        if (!word.regionMatches(true, 0, INLINE, 0, INLINE.length())) {
            return new Unusable(tag, Problem.MALFORMED);
        }
        if (word.indexOf(';') >= 0) {
            return new Unusable(tag, Problem.MKI);
        }
        String[] parts = word.substring(INLINE.length()).split("\\|", -1);
        byte[] keySalt;
        try {
            keySalt = Base64.getDecoder().decode(parts[0]);
        } catch (IllegalArgumentException e) {
            return new Unusable(tag, Problem.MALFORMED);
        }
        if (keySalt.length != suite.keyLength() + suite.saltLength()) {
            return new Unusable(tag, Problem.KEY_LENGTH);
        }
        long lifetime = SrtpKeys.MAX_LIFETIME;
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].indexOf(':') >= 0) {
                return new Unusable(tag, Problem.MKI);
            }
            if (i > 1) {
                return new Unusable(tag, Problem.MALFORMED);
            }
            lifetime = lifetime(parts[i]);
            if (lifetime < 1 || lifetime > SrtpKeys.MAX_LIFETIME) {
                return new Unusable(tag, Problem.LIFETIME);
            }
        }
        return new Usable(tag, new SrtpKeys(suite, keySalt, lifetime));
    }

    private static long lifetime(String text) {
        if (!text.startsWith("2^")) {
            return text.length() > 15 ? -1 : decimal(text);
        }
        String exponent = text.substring(2);
        long power = exponent.length() > 2 ? -1 : decimal(exponent);
        return power < 0 || power > 48 ? -1 : 1L << power;
    }

    /** Parses ASCII digits; -1 if they are malformed or too long. */
    private static long decimal(String text) {
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return text.isEmpty() ? -1 : number;
    }
}
