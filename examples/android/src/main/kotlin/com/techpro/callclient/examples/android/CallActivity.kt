// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.os.Bundle
import android.text.InputType
import android.widget.EditText
import android.widget.LinearLayout
import com.techpro.callclient.engine.call.Call
import com.techpro.callclient.engine.call.CallState
import com.techpro.callclient.engine.call.TransferOutcome
import com.techpro.callclient.engine.kotlin.awaitTransfer
import com.techpro.callclient.engine.kotlin.awaitTransferTo
import com.techpro.callclient.ports.callui.AudioRoute
import java.util.Locale

/** The calls in progress: hold, mute, DTMF, transfer, two calls as one, and where the sound goes. */
class CallActivity : Screen() {
    private lateinit var calls: LinearLayout
    private lateinit var routes: LinearLayout
    private lateinit var target: EditText
    private var seen = false

    /** Calls go on while the app is locked. */
    override val isPrivate: Boolean
        get() = false

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        calls = list()
        add(Keypad(this, ::sendDtmf))
        target = field("call_transfer_to", InputType.TYPE_CLASS_PHONE)
        routes = list()
    }

    override fun refresh() {
        val now = client().calls()
        if (now.isEmpty() && seen) {
            finish()
        }
        seen = seen || now.isNotEmpty()
        show(
            calls,
            now,
            ::words,
            Action("answer", { it.isIn(CallState.INCOMING) }) { it.answer(phone().options()) },
            Action("hang_up") { it.hangUp() },
            Action("hold", { it.isIn(CallState.ESTABLISHED) }) { holdOrResume(it) },
            Action("mute", { it.isIn(CallState.ESTABLISHED) }) { it.setMuted(!it.snapshot().muted()) },
            Action("transfer", { it.isIn(CallState.ESTABLISHED) }) { transfer(it) },
            Action("merge", { it.isIn(CallState.ESTABLISHED) && now.size > 1 }) { merge(it) },
            Action("transfer_accept", ::asked) { phone().answerTransfer(it, true) },
            Action("transfer_refuse", ::asked) { phone().answerTransfer(it, false) },
        )
        show(routes, client().audioRoutes().available().toList(), ::wordsOfRoute, Action("route_use") { client().routeAudio(it) })
    }

    private fun Call.isIn(state: CallState): Boolean = snapshot().state() == state

    private fun asked(call: Call): Boolean = phone().transferTarget(call) != null

    private fun holdOrResume(call: Call) {
        if (call.snapshot().hold().isLocal) call.resume() else call.hold()
    }

    private fun sendDtmf(key: Char) {
        client().calls().firstOrNull { it.isIn(CallState.ESTABLISHED) }?.sendDtmf(key.toString())
    }

    /**
     * To the number in the field; without one to the other call, whose two far ends then speak with
     * each other.
     */
    private suspend fun transfer(call: Call) {
        val number = target.typed()
        if (number.isNotEmpty()) {
            target.clear()
            tell(call.awaitTransfer(number))
        } else {
            other(call)?.let { tell(call.awaitTransferTo(it)) }
        }
    }

    /** Three speak together, mixed here on the device. */
    private fun merge(call: Call) {
        other(call)?.let { call.merge(it) }
    }

    private fun other(call: Call): Call? = client().calls().firstOrNull { it != call }

    private fun tell(outcome: TransferOutcome) = phone().say(
        when (outcome) {
            is TransferOutcome.Failed -> outcome.failure().advice()
            is TransferOutcome.Refused -> outcome.reason().advice()
            else -> text("transfer_done")
        },
    )

    private fun words(of: Call): String {
        val call = of.snapshot()
        val held = call.state() == CallState.ESTABLISHED && call.hold().isLocal
        val state = when {
            held && call.holdAccepted() -> "call_held"
            held -> "call_held_here"
            else -> "call_state_" + call.state().name.lowercase(Locale.ROOT)
        }
        val who = call.caller().display().ifEmpty { text("withheld") }
        val further = listOfNotNull(
            if (call.muted()) text("muted") else null,
            if (call.mergedWith() != null) text("merged") else null,
            if (call.encrypted()) text("encrypted") else null,
        )
        val asked = phone().transferTarget(of)?.let { "\n" + text("transfer_asked", it) } ?: ""
        return (listOf(who, text(state)) + further).joinToString(", ") + asked
    }

    private fun wordsOfRoute(route: AudioRoute): String {
        val name = text("route_" + route.name.lowercase(Locale.ROOT))
        return if (route == client().audioRoutes().current()) "● $name" else name
    }
}
