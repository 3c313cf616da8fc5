// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.os.Bundle
import android.view.KeyEvent
import android.view.WindowManager
import android.widget.TextView
import com.techpro.callclient.engine.call.Call
import com.techpro.callclient.engine.call.CallState
import com.techpro.callclient.engine.call.RejectReason
import com.techpro.callclient.ports.permission.Permission
import kotlin.jvm.optionals.getOrNull

/** A call that rings, over the lock screen: the notification opens it. */
class IncomingCallActivity : Screen() {
    private lateinit var caller: TextView

    /** Who is locked out of the app may still take a call, unless the configuration says no. */
    override val isPrivate: Boolean
        get() = false

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        showOverLockScreen()
        caller = line()
        caller.textSize = 32f
        button("answer") { call()?.let(::answer) }
        button("decline") { call()?.reject(RejectReason.DECLINED) }
        if (state == null && intent.action == Intent.ACTION_ANSWER) {
            call()?.let(::answer) // the notification's button
        }
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        setIntent(intent)
        if (intent.action == Intent.ACTION_ANSWER) {
            call()?.let(::answer)
        }
    }

    /** The keys at the side of the phone end the ring; the call waits on. */
    override fun onKeyDown(key: Int, event: KeyEvent): Boolean {
        if (key == KeyEvent.KEYCODE_VOLUME_DOWN || key == KeyEvent.KEYCODE_VOLUME_UP) {
            call()?.silence()
            return true
        }
        return super.onKeyDown(key, event)
    }

    override fun refresh() {
        val ringing = call()?.snapshot()
        if (ringing == null || ringing.state() != CallState.INCOMING) {
            finish() // answered, given up, or taken elsewhere
            return
        }
        val who = ringing.caller().display().ifEmpty { text("withheld") }
        caller.text = listOfNotNull(who, ringing.caller().organisation()).joinToString("\n")
    }

    private fun call(): Call? = phone().call(intent.data?.schemeSpecificPart).getOrNull()

    private fun answer(call: Call) = app().permissions().request(Permission.MICROPHONE) {
        call.answer(phone().options())
        go(CallActivity::class.java)
    }

    @Suppress("DEPRECATION") // the flags are for API 26 alone
    private fun showOverLockScreen() {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O_MR1) {
            setShowWhenLocked(true)
            setTurnScreenOn(true)
        } else {
            window.addFlags(
                WindowManager.LayoutParams.FLAG_SHOW_WHEN_LOCKED or
                    WindowManager.LayoutParams.FLAG_TURN_SCREEN_ON,
            )
        }
    }

    companion object {
        /** For the call of that id. */
        @JvmStatic
        fun intent(context: Context, callId: String): Intent = Intent(context, IncomingCallActivity::class.java)
            .setData(Uri.fromParts("call", callId, null))
            .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK)
    }
}
