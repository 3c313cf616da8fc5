// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Caller.Source;
import com.techpro.callclient.engine.people.Person;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People of one source, found by number and by name. */
class NameIndexTest {
    private final NumberPlan plan = NumberPlan.of("GB");

    @Test
    void of_two_people_with_the_same_number_the_first_is_found() {
        NameIndex index = index(person("First", "1001"), person("Second", "1001"));

        assertThat(index.byText(plan.read("1001")).name()).isEqualTo("First");
    }

    @Test
    void an_extension_behind_a_number_goes_before_the_number() {
        NameIndex index = index(person("Desk", "+44 20 7946 0001"), person("Ada", "+44 20 7946 0001;ext=12"));

        assertThat(index.byNumber(plan.read("+442079460001;ext=12")).name()).isEqualTo("Ada");
        assertThat(index.byNumber(plan.read("02079460001")).name()).isEqualTo("Desk");
        assertThat(index.byNumber(plan.read("+442079460002"))).isNull();
    }

    @Test
    void words_and_digits_are_searched_for_and_the_limit_holds() {
        NameIndex index = index(
                new Person(Source.CONTACT, "Ada Lovelace", "Analytical Engines", List.of("+44 20 7946 0001")),
                person("Adam Smith", "1002"),
                person("Bob", "1003"));

        assertThat(found(index, "ada", 9)).containsExactly("Ada Lovelace", "Adam Smith");
        assertThat(found(index, "LOVE ad", 9)).containsExactly("Ada Lovelace");
        assertThat(found(index, "engines", 9)).containsExactly("Ada Lovelace");
        assertThat(found(index, "7946-00", 9)).containsExactly("Ada Lovelace");
        assertThat(found(index, "ada", 1)).containsExactly("Ada Lovelace");
        assertThat(found(index, "dam", 9)).isEmpty();
    }

    @Test
    void an_address_book_without_end_costs_its_beginning_alone() {
        List<Person> many = new ArrayList<>(Collections.nCopies(20_000, person("Somebody", "2000")));
        many.add(person("Too Late", "3000"));
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            numbers.add(Integer.toString(4000 + i));
        }
        many.set(1, person("Many Numbers", numbers.toArray(String[]::new)));
        NameIndex index = NameIndex.of(plan, many);

        assertThat(index.byText(plan.read("3000"))).isNull();
        assertThat(index.byText(plan.read("4031")).name()).isEqualTo("Many Numbers");
        assertThat(index.byText(plan.read("4032"))).isNull();
    }

    private NameIndex index(Person... people) {
        return NameIndex.of(plan, List.of(people));
    }

    private static List<String> found(NameIndex index, String text, int limit) {
        List<Person> people = new ArrayList<>();
        index.search(text, limit, people);
        return people.stream().map(Person::name).toList();
    }

    private static Person person(String name, String... numbers) {
        return new Person(Source.CONTACT, name, null, List.of(numbers));
    }
}
