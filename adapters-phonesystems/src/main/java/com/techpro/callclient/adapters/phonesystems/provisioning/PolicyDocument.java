// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Policy.Feature;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads an organisation's restrictions from names and values; docs/phone-systems.md lists them. It
 * refuses the login if it does not understand the whole policy, such as a name that this version
 * does not know.
 */
final class PolicyDocument {
    private static final Set<String> NAMES =
            Set.of("allowed_hosts", "srtp_suites", "md5_digest", "codecs", "history_limit", "history_days", "off");

    private static final int MOST_VALUES = 64;

    private PolicyDocument() {}

    static Policy parse(Map<String, String> entries) throws LoginRefusedException {
        if (!NAMES.containsAll(entries.keySet())) {
            throw malformed();
        }
        try {
            return new Policy(
                    set(entries.get("allowed_hosts"), PolicyDocument::hostPattern),
                    floor(entries),
                    set(entries.get("codecs"), PolicyDocument::codec),
                    number(entries.get("history_limit")),
                    days(entries.get("history_days")),
                    features(entries.get("off")));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static @Nullable SecurityFloor floor(Map<String, String> entries) {
        String suites = entries.get("srtp_suites");
        String md5 = entries.get("md5_digest");
        if (suites == null && md5 == null) {
            return null;
        }
        SecurityFloor floor = SecurityFloor.DEFAULT;
        if (suites != null) {
            List<SrtpSuite> named = new ArrayList<>();
            values(suites).forEach(name -> named.add(SrtpSuite.valueOf(name.toUpperCase(Locale.ROOT))));
            // The policy tightens the suites and cannot replace them: it may name one that the
            // default refuses.
            floor = floor.tightenedBy(floor.withSuites(named));
        }
        if (md5 != null && !flag(md5)) {
            floor = floor.withoutMd5Digest();
        }
        return floor;
    }

    private static Set<Feature> features(@Nullable String text) {
        Set<Feature> off = text == null ? null : set(text, name -> Feature.valueOf(name.toUpperCase(Locale.ROOT)));
        return off == null ? Set.of() : off;
    }

    private static <T> @Nullable Set<T> set(@Nullable String text, Function<String, T> reader) {
        if (text == null) {
            return null;
        }
        Set<T> all = new HashSet<>();
        values(text).forEach(value -> all.add(reader.apply(value)));
        return all;
    }

    private static List<String> values(String text) {
        List<String> all = new ArrayList<>();
        for (String part : text.split("[,\\s]+", -1)) {
            if (!part.isEmpty()) {
                all.add(part);
            }
        }
        if (all.isEmpty() || all.size() > MOST_VALUES) {
            throw new IllegalArgumentException("a list has 1 to " + MOST_VALUES + " values");
        }
        return all;
    }

    private static String hostPattern(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        String host = lower.startsWith("*.") ? lower.substring(2) : lower;
        if (!host.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?") && !host.matches("[0-9a-f:.]*:[0-9a-f:.]*")) {
            throw new IllegalArgumentException("not a host");
        }
        return lower;
    }

    private static String codec(String value) {
        if (!value.matches("[A-Za-z0-9._-]{1,32}")) {
            throw new IllegalArgumentException("not an encoding name");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    private static @Nullable Integer number(@Nullable String text) {
        if (text != null && !text.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("not a number");
        }
        return text == null ? null : Integer.valueOf(text);
    }

    private static @Nullable Duration days(@Nullable String text) {
        Integer days = number(text);
        return days == null ? null : Duration.ofDays(days);
    }

    private static boolean flag(String text) {
        if (text.equals("0") || text.equals("1")) {
            return text.equals("1");
        }
        throw new IllegalArgumentException("0 or 1");
    }

    private static LoginRefusedException malformed() {
        return new LoginRefusedException(Reason.POLICY);
    }
}
