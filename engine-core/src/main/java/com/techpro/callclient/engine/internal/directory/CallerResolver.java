// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.directory;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.people.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a party is. Pure. Extensions and feature codes go first and by their text alone; then telephone numbers, complete ones before those of
 * which only the end is known; then what the network says. Of several sources the user's own words go first.
 *
 * @param sources the people of each source, in the order to ask them
 */
record CallerResolver(NumberPlan plan, List<NameIndex> sources) {
    /** @param domain the account's own: an extension means something only there */
    Caller resolve(PartyIdentity party, String domain) {
        if (party.withheld()) {
            return Caller.WITHHELD;
        }
        if (party.user().isEmpty()) {
            return Caller.of(party);
        }
        DialString number = plan.read(party.user());
        Person person = isOwn(party.domain(), domain) ? byText(number) : null;
        if (person == null && !number.isLocal()) {
            person = byNumber(number);
        }
        String shown = plan.forDisplay(party.user());
        if (person != null) {
            return new Caller(person.source(), person.name(), shown, person.organisation());
        }
        Caller told = Caller.of(party);
        String name = told.name();
        boolean onlyNumber =
                name == null || (!number.isLocal() && plan.read(name).sameAs(number));
        return onlyNumber
                ? new Caller(Caller.Source.NUMBER, null, shown, null)
                : new Caller(Caller.Source.NETWORK, name, shown, null);
    }

    private @Nullable Person byText(DialString number) {
        for (NameIndex source : sources) {
            Person person = source.byText(number);
            if (person != null) {
                return person;
            }
        }
        return null;
    }

    private @Nullable Person byNumber(DialString number) {
        for (NameIndex source : sources) {
            Person person = source.byNumber(number);
            if (person != null) {
                return person;
            }
        }
        return null;
    }

    /**
     * Whether a domain is the account's, as phone systems write themselves: by name, by a name above or below it, by address, or by a name
     * without a dot. {@code 1001@elsewhere.example} is not the colleague with extension 1001.
     */
    static boolean isOwn(String domain, String own) {
        return domain.equals(own)
                || domain.indexOf('.') < 0
                || isAddress(domain)
                || isAddress(own)
                || domain.endsWith("." + own)
                || own.endsWith("." + domain);
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
