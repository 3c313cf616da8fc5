// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.os.Bundle
import android.text.InputType
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.TextView
import com.techpro.callclient.engine.call.CommandOutcome
import com.techpro.callclient.engine.conference.Conference
import com.techpro.callclient.engine.conference.ConferenceOptions
import com.techpro.callclient.engine.conference.ConferenceOutcome
import com.techpro.callclient.engine.conference.ConferenceSnapshot
import com.techpro.callclient.engine.conference.Participant
import com.techpro.callclient.engine.conference.RoomsOutcome
import com.techpro.callclient.engine.conference.Roster
import com.techpro.callclient.engine.kotlin.awaitAdd
import com.techpro.callclient.engine.kotlin.awaitRemove
import com.techpro.callclient.engine.kotlin.awaitRooms
import com.techpro.callclient.ports.secret.Secret
import kotlin.jvm.optionals.getOrNull

/** A conference room, and who is in it. */
class RoomActivity : Screen() {
    private lateinit var number: EditText
    private lateinit var pin: EditText
    private lateinit var guest: EditText
    private lateinit var status: TextView
    private lateinit var rooms: LinearLayout
    private lateinit var roster: LinearLayout

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        number = field("room_number", InputType.TYPE_CLASS_PHONE)
        pin = field("room_pin", InputType.TYPE_CLASS_NUMBER or InputType.TYPE_NUMBER_VARIATION_PASSWORD)
        button("room_join") { join(number.typed()) }
        button("room_list") { listRooms() }
        rooms = list()
        status = line()
        button("room_leave") { room()?.leave() }
        button("room_mute") { room()?.let(::mute) }
        button("room_unmute_here") { room()?.setMuted(false) }
        guest = field("room_guest", InputType.TYPE_CLASS_PHONE)
        button("room_add") { room()?.let { tell(it.awaitAdd(guest.typed())) } }
        roster = list()
    }

    override fun refresh() {
        val now = room()?.snapshot()
        status.text = if (now == null) text("room_none") else standing(now)
        show(
            roster,
            now?.roster()?.participants() ?: listOf(),
            ::words,
            Action("room_remove") { who -> room()?.let { tell(it.awaitRemove(who)) } },
        )
    }

    private fun join(room: String) {
        val account = phone().account().getOrNull()
        if (account != null && room.isNotEmpty()) {
            val keys = pin.typed()
            val options = ConferenceOptions.DEFAULT
            account.join(room, if (keys.isEmpty()) options else options.withPin(Secret.of("$keys#")))
            pin.clear()
            phone().changed()
        }
    }

    /** The rooms that the phone system tells of. */
    private suspend fun listRooms() {
        when (val outcome = client().conferences().awaitRooms()) {
            is RoomsOutcome.Listed ->
                show(rooms, outcome.rooms(), { it.name() }, Action("room_join") { join(it.address()) })
            else -> say("room_no_list")
        }
    }

    private fun room(): Conference? = client().conferences().joined().firstOrNull()

    /** In a room without keys for it: the microphone here. */
    private fun mute(room: Conference) {
        room.toggleRoomMute().thenAccept {
            if (it is CommandOutcome.Refused) {
                room.setMuted(true)
            }
        }
    }

    private fun tell(outcome: ConferenceOutcome) {
        when (outcome) {
            is ConferenceOutcome.Failed -> phone().say(outcome.failure().advice())
            is ConferenceOutcome.Unsupported -> say("room_cannot")
            else -> {}
        }
    }

    private fun standing(room: ConferenceSnapshot): String = when {
        room.state() == ConferenceSnapshot.State.JOINING -> text("room_joining")
        room.roster() is Roster.Unsupported -> text("room_no_roster")
        else -> text("room_in", room.name() ?: room.room())
    }

    private fun words(who: Participant): String = listOfNotNull(
        who.caller().display(),
        if (who.self()) text("room_you") else null,
        if (who.talking() == true) text("room_talking") else null,
        if (who.muted()) text("muted") else null,
        if (who.onHold()) text("call_held") else null,
    ).joinToString(", ")
}
