// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.os.Bundle
import android.text.InputType
import android.widget.EditText
import com.techpro.callclient.ports.permission.Permission

/** The dial pad. */
class DialActivity : Screen() {
    private lateinit var number: EditText

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        number = field("dial_number", InputType.TYPE_CLASS_PHONE)
        add(Keypad(this) { number.append(it.toString()) })
        button("call") { dial() }
    }

    override fun refresh() {}

    /** The microphone is asked for when it is needed, and not before. */
    private fun dial() = app().permissions().request(Permission.MICROPHONE) {
        attempt {
            if (phone().dial(number.typed())) {
                number.clear()
                go(CallActivity::class.java)
            } else {
                say("dial_not_possible")
            }
        }
    }
}
