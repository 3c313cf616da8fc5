// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.os.Bundle
import android.view.View
import android.widget.Button
import android.widget.TextView
import com.techpro.callclient.engine.RegistrationSnapshot
import com.techpro.callclient.engine.RegistrationState
import kotlin.jvm.optionals.getOrNull

/** Where the app begins: how things stand, and the way to each screen. */
class HomeActivity : Screen() {
    private lateinit var status: TextView
    private lateinit var login: Button

    /** Nothing on it is the user's own. */
    override val isPrivate: Boolean
        get() = false

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        status = line()
        login = button("login_title") { go(LoginActivity::class.java) }
        button("dial_title") { go(DialActivity::class.java) }
        button("call_title") { go(CallActivity::class.java) }
        button("history_title") { go(HistoryActivity::class.java) }
        button("voicemail_title") { go(VoicemailActivity::class.java) }
        button("contacts_title") { go(ContactsActivity::class.java) }
        button("lamps_title") { go(LampsActivity::class.java) }
        button("messages_title") { go(MessagesActivity::class.java) }
        button("room_title") { go(RoomActivity::class.java) }
        button("permissions_title") { go(PermissionsActivity::class.java) }
        button("settings_title") { go(SettingsActivity::class.java) }
    }

    override fun refresh() {
        val account = phone().account().getOrNull()
        login.visibility = if (account == null) View.VISIBLE else View.GONE
        status.text = if (account == null) text("home_nobody") else standing(account.registration())
    }

    private fun standing(registration: RegistrationSnapshot): String =
        registration.failure()?.advice() ?: when (registration.state()) {
            RegistrationState.REGISTERED -> text("home_ready")
            RegistrationState.UNREGISTERED -> text("home_nobody")
            else -> text("home_connecting")
        }
}
