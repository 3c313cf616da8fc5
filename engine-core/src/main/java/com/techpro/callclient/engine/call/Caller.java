// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a call's other side, as far as it is known. Prints without personal data.
 *
 * @param source where the name comes from, and so how far to trust it
 * @param name null for {@link Source#NUMBER} and {@link Source#WITHHELD}
 * @param number to show: international format for a telephone number that could be read, else as the phone system gave
 *     it; empty if it is withheld or there is none
 * @param organisation of a contact, or null
 */
public record Caller(
        Source source,
        @Nullable String name,
        String number,
        @Nullable String organisation) {
    /** A caller who asked not to be named. */
    public static final Caller WITHHELD = new Caller(Source.WITHHELD, null, "", null);

    public Caller {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(number, "number");
    }

    /** The source of a caller's name. */
    public enum Source {
        /** The device's address book; only while its use is granted (promise C3). */
        CONTACT,
        /** The phone system's own directory. */
        COLLEAGUE,
        /** The user's favourites. */
        FAVORITE,
        /** The other side's own display name, unverified. */
        NETWORK,
        /** The caller's identity is withheld. */
        WITHHELD,
        /** Only the number is known. */
        NUMBER
    }

    /**
     * The name if there is one, else the number; empty for a withheld caller, whom the host names in the user's
     * language.
     */
    public String display() {
        return name != null ? name : number;
    }

    /**
     * The caller as the network names it, before contacts are looked up. A caller without name and number, such as a
     * phone system that calls by itself, is named by its domain.
     */
    public static Caller of(PartyIdentity party) {
        Objects.requireNonNull(party, "party");
        if (party.withheld()) {
            return WITHHELD;
        }
        String name = party.displayName();
        if (name == null && party.user().isEmpty()) {
            return new Caller(Source.NETWORK, party.domain(), "", null);
        }
        return name == null || name.equals(party.user())
                ? new Caller(Source.NUMBER, null, party.user(), null)
                : new Caller(Source.NETWORK, name, party.user(), null);
    }

    @Override
    public String toString() {
        return "Caller[" + source + ", redacted]";
    }
}
