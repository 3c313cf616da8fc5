// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pseudonyms for users, hosts and identifiers. The same value gets the same pseudonym, so that a
 * trace can be followed. Nobody can reverse them without a key that only this process has and that
 * ends with it. Nothing is stored, so nothing remains after log-out.
 *
 * <p>Used by one thread at a time.
 */
final class Pseudonyms {
    /**
     * A UUID, or the 128 random bits of this engine's Call-IDs: they identify a call, not a person.
     * Digits alone, or nearly, could be telephone numbers.
     */
    private static final Pattern RANDOM_ID = Pattern.compile(
            "(?=(?:[0-9-]*[a-fA-F]){4})(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})");

    private final Mac mac;

    Pseudonyms(Random random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is there on every Java", e);
        }
    }

    String user(String user) {
        return user.isEmpty() || user.equalsIgnoreCase("anonymous") ? user : of("user", user);
    }

    String host(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("anonymous.invalid") ? name : of("host", name);
    }

    String tag(String tag) {
        return of("tag", tag);
    }

    String branch(String branch) {
        return of("branch", branch);
    }

    String number(String number) {
        return of("number", number);
    }

    String callId(String callId) {
        return RANDOM_ID.matcher(callId).matches() ? callId : of("call", callId);
    }

    private String of(String kind, String value) {
        byte[] hash = mac.doFinal((kind + ' ' + value).getBytes(StandardCharsets.UTF_8));
        StringBuilder name = new StringBuilder(kind).append('-');
        for (int i = 0; i < 4; i++) {
            name.append(Character.forDigit(hash[i] >> 4 & 15, 16)).append(Character.forDigit(hash[i] & 15, 16));
        }
        return name.toString();
    }
}
