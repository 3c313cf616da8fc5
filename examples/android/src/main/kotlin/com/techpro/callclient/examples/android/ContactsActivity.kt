// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.os.Bundle
import android.text.InputType
import android.widget.EditText
import android.widget.LinearLayout
import com.techpro.callclient.engine.kotlin.awaitAdd
import com.techpro.callclient.engine.kotlin.awaitRemove
import com.techpro.callclient.engine.kotlin.awaitSearch
import com.techpro.callclient.engine.people.Favorite
import com.techpro.callclient.engine.people.Person
import com.techpro.callclient.ports.permission.Permission

/** People: the device's contacts, if they may be read, the phone system's directory, and favourites. */
class ContactsActivity : Screen() {
    private lateinit var wanted: EditText
    private lateinit var found: LinearLayout
    private lateinit var favorites: LinearLayout

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        wanted = field("contacts_search", InputType.TYPE_CLASS_TEXT)
        button("search") { search() }
        found = list()
        favorites = list()
        app().permissions().request(Permission.CONTACTS) {} // works without as well
    }

    override fun refresh() = show(
        favorites,
        client().people().favorites().snapshot().favorites(),
        { "★ " + it.name() + ", " + it.number() },
        Action("call") { call(it.number()) },
        Action("delete") { client().people().favorites().awaitRemove(it.number()) },
    )

    private suspend fun search() = show(
        found,
        client().people().directory().awaitSearch(wanted.typed(), MOST),
        { person -> listOfNotNull(person.name(), person.organisation()).joinToString(", ") },
        Action("call") { call(number(it)) },
        Action("contacts_favorite") { client().people().favorites().awaitAdd(Favorite(number(it), it.name())) },
    )

    private fun number(person: Person): String = person.numbers().firstOrNull() ?: ""

    private fun call(number: String) {
        if (phone().dial(number)) {
            go(CallActivity::class.java)
        }
    }

    private companion object {
        const val MOST = 50
    }
}
