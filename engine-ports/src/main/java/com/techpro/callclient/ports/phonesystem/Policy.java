// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The restrictions that an organisation imposes on the client (promise O1). Immutable.
 * {@link #tightenedBy} is the only way to combine two policies; the result never permits what one
 * of them forbids.
 *
 * @param allowedHosts host names that the client may contact, where {@code *.example.com} means all
 *     below a domain; null permits those that the session needs
 * @param floor the least protection permitted, or null for the account's own
 * @param codecs permitted encoding names, or null for all; accepted in any case, returned in lower
 *     case. A name of no existing codec permits nothing
 * @param historyLimit how many calls the local history may hold, or null for the default
 * @param historyAge how long the local history may hold a call, or null for the default
 * @param off features that are switched off
 */
public record Policy(
        @Nullable Set<String> allowedHosts,
        @Nullable SecurityFloor floor,
        @Nullable Set<String> codecs,
        @Nullable Integer historyLimit,
        @Nullable Duration historyAge,
        Set<Feature> off) {
    /** The policy that restricts nothing. */
    public static final Policy OPEN = new Policy(null, null, null, null, null, Set.of());

    public Policy {
        allowedHosts = allowedHosts == null ? null : Set.copyOf(allowedHosts);
        codecs = codecs == null ? null : Set.copyOf(CodecNames.lowerCase(codecs));
        off = Set.copyOf(Objects.requireNonNull(off, "off"));
        if ((historyLimit != null && historyLimit < 0) || (historyAge != null && historyAge.isNegative())) {
            throw new IllegalArgumentException("a limit is not negative");
        }
    }

    public boolean allows(Feature feature) {
        return !off.contains(Objects.requireNonNull(feature, "feature"));
    }

    /** Returns a policy that permits only what both policies permit. */
    public Policy tightenedBy(Policy other) {
        Objects.requireNonNull(other, "other");
        Set<Feature> both = new HashSet<>(off);
        both.addAll(other.off);
        return new Policy(
                HostPatterns.common(allowedHosts, other.allowedHosts),
                stricter(floor, other.floor),
                common(codecs, other.codecs),
                historyLimit == null || other.historyLimit == null
                        ? (historyLimit == null ? other.historyLimit : historyLimit)
                        : Integer.valueOf(Math.min(historyLimit, other.historyLimit)),
                historyAge == null || other.historyAge == null
                        ? (historyAge == null ? other.historyAge : historyAge)
                        : historyAge.compareTo(other.historyAge) < 0 ? historyAge : other.historyAge,
                both);
    }

    /** Returns whether this policy permits contacting the host. */
    public boolean allowsHost(String host) {
        Objects.requireNonNull(host, "host");
        return allowedHosts == null || HostPatterns.matches(allowedHosts, host);
    }

    /**
     * Returns the account with no more than this policy permits: its floor, and the codecs that
     * both name.
     *
     * @throws IllegalArgumentException if nothing is left that both permit
     */
    public SipAccount applyTo(SipAccount account) {
        return PolicyTightening.of(Objects.requireNonNull(account, "account"), this);
    }

    private static @Nullable Set<String> common(@Nullable Set<String> one, @Nullable Set<String> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Set<String> common = new HashSet<>(one);
        common.retainAll(other);
        return common;
    }

    private static @Nullable SecurityFloor stricter(@Nullable SecurityFloor one, @Nullable SecurityFloor other) {
        return one == null || other == null ? (one == null ? other : one) : one.tightenedBy(other);
    }

    /** The features that an organisation can switch off. */
    public enum Feature {
        OUTGOING_CALLS,
        VOICEMAIL,
        CONFERENCES,
        CONTACTS,
        HISTORY,
        FAVORITES,
        /** Watching what others do, and publishing the user's own status. */
        PRESENCE,
        DO_NOT_DISTURB,
        /** Forwarding callers, by a setting or for one call. */
        CALL_FORWARDING,
        /** Storing texts on the device; sending and reading them still works. */
        TEXT_STORE,
        BIOMETRICS,
        /** Answering calls while the app is locked. */
        ANSWER_WHILE_LOCKED,
        EXPORT,
        UPDATE_CHECK
    }
}
