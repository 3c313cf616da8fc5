// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.os.Bundle
import android.text.InputType
import android.widget.EditText
import android.widget.LinearLayout
import com.techpro.callclient.engine.presence.BusyLamp
import com.techpro.callclient.engine.presence.BusyLampSnapshot
import java.util.Locale

/** Busy lamps: who is talking, and whose call can be taken. */
class LampsActivity : Screen() {
    private lateinit var extension: EditText
    private lateinit var lamps: LinearLayout

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        extension = field("lamps_extension", InputType.TYPE_CLASS_PHONE)
        button("lamps_watch") {
            phone().watch(extension.typed())
            extension.clear()
        }
        lamps = list()
    }

    override fun refresh() = show(
        lamps,
        phone().lamps(),
        { words(it.snapshot()) },
        Action("call") { call(it) },
        Action("lamps_pick_up") { pickUp(it) },
        Action("lamps_unwatch") { phone().unwatch(it) },
    )

    private fun call(lamp: BusyLamp) {
        if (phone().dial(lamp.snapshot().extension())) {
            go(CallActivity::class.java)
        }
    }

    /** Takes the call that rings there. */
    private fun pickUp(lamp: BusyLamp) {
        if (lamp.pickUp(phone().options()) != null) {
            go(CallActivity::class.java)
        }
    }

    private fun words(lamp: BusyLampSnapshot): String {
        val state = text("lamp_" + lamp.state().name.lowercase(Locale.ROOT))
        val caller = lamp.caller()?.let { ", " + it.display() } ?: ""
        return lamp.extension() + ": " + state + caller
    }
}
