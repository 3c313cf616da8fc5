// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import android.widget.LinearLayout;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.Person;
import com.techpro.callclient.ports.permission.Permission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** People: the device's contacts, if they may be read, the phone system's directory, and favourites. */
public final class ContactsActivity extends Screen {
    private static final int MOST = 50;

    private EditText wanted;
    private LinearLayout found;
    private LinearLayout favorites;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        wanted = field("contacts_search", InputType.TYPE_CLASS_TEXT);
        button("search", this::search);
        found = list();
        favorites = list();
        PhoneApplication.of(this).permissions().request(Permission.CONTACTS, granted -> {}); // works without as well
    }

    @Override
    void refresh() {
        show(
                favorites,
                client().favorites().snapshot().favorites(),
                favorite -> "★ " + favorite.name() + ", " + favorite.number(),
                List.of(
                        new Action<>("call", favorite -> call(favorite.number())),
                        new Action<>("delete", favorite -> client().favorites().remove(favorite.number()))));
    }

    private void search() {
        client().directory()
                .search(typed(wanted), MOST)
                .thenAccept(people -> show(
                        found,
                        people,
                        person -> person.name() + (person.organisation() == null ? "" : ", " + person.organisation()),
                        List.of(
                                new Action<>("call", person -> call(number(person))),
                                new Action<>("contacts_favorite", this::favorite))));
    }

    private void favorite(Person person) {
        client().favorites().add(new Favorite(number(person), person.name()));
    }

    private static String number(Person person) {
        return person.numbers().isEmpty() ? "" : person.numbers().get(0);
    }

    private void call(String number) {
        if (phone().dial(number)) {
            go(CallActivity.class);
        }
    }
}
