// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.people.Directory;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the people that the test adds by {@link #knows}, and of the favourites. It compares
 * numbers as digits, without regard to countries. All methods may be called from any thread.
 */
public final class FakeDirectory implements Directory {
    private final FakeContext context;
    private final FakeFavorites favorites;
    private final List<Person> known = new CopyOnWriteArrayList<>();

    FakeDirectory(FakeContext context, FakeFavorites favorites) {
        this.context = context;
        this.favorites = favorites;
    }

    /** Adds a contact or colleague, by whom later callers are named. */
    public void knows(Person person) {
        known.add(Objects.requireNonNull(person, "person"));
    }

    private List<Person> everybody() {
        List<Person> all = new ArrayList<>();
        for (Favorite favorite : favorites.list()) {
            all.add(new Person(Caller.Source.FAVORITE, favorite.name(), null, List.of(favorite.number())));
        }
        all.addAll(known);
        return all;
    }

    private static String bare(String number) {
        return number.replaceAll("[-.() /]", "");
    }

    private @Nullable Caller find(String number) {
        // Contacts and colleagues first: a favourite need not have a name.
        for (Person person : known) {
            for (String one : person.numbers()) {
                if (bare(one).equals(bare(number))) {
                    return new Caller(person.source(), person.name(), number, person.organisation());
                }
            }
        }
        for (Favorite favorite : favorites.list()) {
            if (bare(favorite.number()).equals(bare(number)) && !favorite.name().isEmpty()) {
                return new Caller(Caller.Source.FAVORITE, favorite.name(), number, null);
            }
        }
        return null;
    }

    /** Returns who that party is. */
    Caller resolve(PartyIdentity party) {
        Caller found = party.withheld() || party.user().isEmpty() ? null : find(party.user());
        return found == null ? Caller.of(party) : found;
    }

    @Override
    public CompletionStage<Caller> lookUp(String number) {
        Objects.requireNonNull(number, "number");
        context.requireUsable();
        return context.get(() -> {
            Caller found = find(number);
            return context.answered(found == null ? new Caller(Caller.Source.NUMBER, null, number, null) : found);
        });
    }

    @Override
    public CompletionStage<List<Person>> search(String text, int limit) {
        String wanted = text.trim().toLowerCase(Locale.ROOT);
        context.requireUsable();
        return context.get(() -> context.answered(everybody().stream()
                .filter(person -> matches(person, wanted))
                .limit(limit)
                .collect(Collectors.toUnmodifiableList())));
    }

    private static boolean matches(Person person, String wanted) {
        String digits = bare(wanted);
        boolean number = !digits.isEmpty()
                && person.numbers().stream().anyMatch(one -> bare(one).contains(digits));
        String name = " " + person.name().toLowerCase(Locale.ROOT);
        boolean words = !wanted.isEmpty();
        for (String word : wanted.split(" +", -1)) {
            words &= name.contains(" " + word);
        }
        return number || words;
    }

    @Override
    public void refresh() {
        context.requireUsable();
        context.record("directory", "refresh");
    }
}
