// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.directory;

import com.techpro.callclient.engine.people.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** People of one source, found by number. Immutable; built on a worker, because reading ten thousand numbers takes a while. */
final class NameIndex {
    private static final int MOST_PEOPLE = 20_000;
    private static final int MOST_NUMBERS = 32;

    private final List<Person> people;
    private final Map<String, Person> local = new HashMap<>();
    private final Map<String, Person> global = new HashMap<>();
    private final Map<String, List<Entry>> endings = new HashMap<>();

    private NameIndex(List<Person> people) {
        this.people = people;
    }

    static NameIndex empty() {
        return new NameIndex(List.of());
    }

    /** Where two people have the same number, the first is found. */
    static NameIndex of(NumberPlan plan, List<Person> people) {
        List<Person> bounded = List.copyOf(people.subList(0, Math.min(people.size(), MOST_PEOPLE)));
        NameIndex index = new NameIndex(bounded);
        for (Person person : bounded) {
            person.numbers().stream().limit(MOST_NUMBERS).forEach(text -> index.add(plan.read(text), person));
        }
        return index;
    }

    private void add(DialString number, Person person) {
        if (number.isLocal()) {
            local.putIfAbsent(number.literal().toLowerCase(Locale.ROOT), person);
            return;
        }
        if (number.global() != null) {
            global.putIfAbsent(number.global() + ";" + number.extension(), person);
            global.putIfAbsent(number.global(), person);
        } else {
            // An extension may be as long as a telephone number.
            local.putIfAbsent(number.literal(), person);
        }
        String ending = ending(number);
        if (ending != null) {
            endings.computeIfAbsent(ending, key -> new ArrayList<>(1)).add(new Entry(number, person));
        }
    }

    /** An extension, a feature code or a name, by its text alone. */
    @Nullable
    Person byText(DialString number) {
        return local.get(number.literal().toLowerCase(Locale.ROOT));
    }

    /** A telephone number; where it or theirs is not complete, only if nobody else could be meant. */
    @Nullable
    Person byNumber(DialString number) {
        if (number.global() != null) {
            Person exact = global.get(number.global() + ";" + number.extension());
            exact = exact == null ? global.get(number.global()) : exact;
            if (exact != null) {
                return exact;
            }
        }
        String ending = ending(number);
        Set<Person> meant = new LinkedHashSet<>();
        for (Entry entry : ending == null ? List.<Entry>of() : endings.getOrDefault(ending, List.of())) {
            if (entry.number.sameAs(number)) {
                meant.add(entry.person);
            }
        }
        return meant.size() == 1 ? meant.iterator().next() : null;
    }

    /** Whose names have words that begin like all of the words given, or who have a number with those digits. */
    void search(String text, int limit, List<Person> found) {
        String[] words = text.toLowerCase(Locale.ROOT).trim().split("\\s+", -1);
        String digits = text.replaceAll("[^0-9*#]", "");
        for (Person person : people) {
            if (found.size() >= limit) {
                return;
            }
            if (namedLike(person, words) || (digits.length() >= 2 && hasNumber(person, digits))) {
                found.add(person);
            }
        }
    }

    private static boolean namedLike(Person person, String[] words) {
        String organisation = person.organisation();
        String name = person.name() + (organisation == null ? "" : " " + organisation);
        String[] parts = name.toLowerCase(Locale.ROOT).split("[\\s,.-]+", -1);
        for (String word : words) {
            boolean begins = false;
            for (String part : parts) {
                begins |= part.startsWith(word);
            }
            if (!begins) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNumber(Person person, String digits) {
        return person.numbers().stream()
                .anyMatch(text -> text.replaceAll("[^0-9*#]", "").contains(digits));
    }

    private static @Nullable String ending(DialString number) {
        String digits = number.significant();
        int from = digits.length() - DialString.SHORTEST_SUFFIX;
        return from < 0 ? null : digits.substring(from);
    }

    private record Entry(DialString number, Person person) {}
}
