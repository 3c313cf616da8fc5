// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who the other side of a call is, as far as can be told. Prints without personal data.
 *
 * @param source where the name comes from, and so how far to trust it
 * @param name null for {@link Source#NUMBER} and {@link Source#WITHHELD}
 * @param number to show: international format for a telephone number that could be read, else as the phone system gave it; empty where it
 *     is withheld or there is none
 * @param organisation of a contact, or null
 */
public record Caller(
        Source source,
        @Nullable String name,
        String number,
        @Nullable String organisation) {
    /** Who asked not to be named. */
    public static final Caller WITHHELD = new Caller(Source.WITHHELD, null, "", null);

    public Caller {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(number, "number");
    }

    /** Where a caller's name comes from. */
    public enum Source {
        /** The device's address book; only while its use is granted (promise C3). */
        CONTACT,
        /** The phone system's own directory. */
        COLLEAGUE,
        /** The user's favourites. */
        FAVORITE,
        /** What the other side calls itself; nobody has verified it. */
        NETWORK,
        /** The other side does not want to be known. */
        WITHHELD,
        /** Nothing but the number is known. */
        NUMBER
    }

    /** The name where there is one, else the number; empty for a withheld caller, which the host words in the user's language. */
    public String display() {
        return name != null ? name : number;
    }

    /** As the network tells it, before anybody was asked: who has neither a name nor a number, as a phone system that calls by itself, is called by the domain. */
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
