// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.Caller.Source;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.people.Person;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise U4: who a party is, and which source is believed first. */
class CallerResolverTest {
    private static final String OWN = "pbx.example.com";

    private final NumberPlan germany = NumberPlan.of("DE");

    @Test
    void a_withheld_caller_stays_withheld() {
        CallerResolver resolver = resolver(List.of(person(Source.CONTACT, "Ada", "1001")));

        assertThat(resolver.resolve(PartyIdentity.anonymous(OWN), OWN)).isEqualTo(Caller.WITHHELD);
    }

    @Test
    void the_users_own_words_go_before_the_phone_systems() {
        CallerResolver resolver = resolver(
                List.of(person(Source.CONTACT, "Ada Contact", "1001")),
                List.of(person(Source.COLLEAGUE, "Ada Colleague", "1001"), person(Source.COLLEAGUE, "Bob", "1002")));

        assertThat(resolver.resolve(party("Network Name", "1001", OWN), OWN).name())
                .isEqualTo("Ada Contact");
        assertThat(resolver.resolve(party("Network Name", "1002", OWN), OWN).source())
                .isEqualTo(Source.COLLEAGUE);
    }

    @Test
    void an_extension_means_something_at_its_own_phone_system_alone() {
        CallerResolver resolver = resolver(List.of(person(Source.CONTACT, "Ada", "1001")));

        assertThat(resolver.resolve(party(null, "1001", "elsewhere.example"), OWN)
                        .source())
                .isEqualTo(Source.NUMBER);
        for (String own : List.of(OWN, "sip.pbx.example.com", "example.com", "192.0.2.1", "pbx")) {
            assertThat(resolver.resolve(party(null, "1001", own), OWN).name())
                    .as(own)
                    .isEqualTo("Ada");
        }
    }

    @Test
    void a_telephone_number_is_the_same_however_and_wherever_it_is_written() {
        CallerResolver resolver = resolver(List.of(person(Source.CONTACT, "Ada", "030 / 901820")));

        for (String number : List.of("+4930901820", "004930901820", "030901820")) {
            assertThat(resolver.resolve(party(null, number, "carrier.example"), OWN)
                            .name())
                    .as(number)
                    .isEqualTo("Ada");
        }
    }

    @Test
    void an_incomplete_number_resolves_to_a_name_only_if_it_is_unambiguous() {
        NumberPlan anywhere = NumberPlan.of(null);
        Person one = person(Source.CONTACT, "Ada", "+4930901820");
        Person other = person(Source.CONTACT, "Eve", "+4340901820");
        PartyIdentity incomplete = party(null, "0901820", "carrier.example");
        PartyIdentity caller = party(null, "30901820", "carrier.example");

        assertThat(new CallerResolver(anywhere, List.of(NameIndex.of(anywhere, List.of(one, other))))
                        .resolve(caller, OWN)
                        .name())
                .isEqualTo("Ada");
        assertThat(new CallerResolver(anywhere, List.of(NameIndex.of(anywhere, List.of(one, other))))
                        .resolve(incomplete, OWN)
                        .source())
                .isEqualTo(Source.NUMBER);
    }

    @Test
    void the_networks_name_comes_last_and_a_name_that_is_the_number_is_none() {
        CallerResolver resolver = resolver(List.of());

        Caller named = resolver.resolve(party("Somebody", "+4930901820", OWN), OWN);
        assertThat(named.source()).isEqualTo(Source.NETWORK);
        assertThat(named.name()).isEqualTo("Somebody");
        assertThat(resolver.resolve(party("030 901820", "+4930901820", OWN), OWN)
                        .source())
                .isEqualTo(Source.NUMBER);
        assertThat(resolver.resolve(party("1001", "1001", OWN), OWN).source()).isEqualTo(Source.NUMBER);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private CallerResolver resolver(List<Person>... sources) {
        return new CallerResolver(
                germany,
                List.of(sources).stream()
                        .map(people -> NameIndex.of(germany, people))
                        .toList());
    }

    private static PartyIdentity party(String name, String user, String domain) {
        return new PartyIdentity(name, user, domain);
    }

    private static Person person(Source source, String name, String... numbers) {
        return new Person(source, name, null, List.of(numbers));
    }
}
