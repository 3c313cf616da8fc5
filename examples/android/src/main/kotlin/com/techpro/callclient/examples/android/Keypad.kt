// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.content.Context
import android.widget.Button
import android.widget.GridLayout

/** Twelve keys, to dial with and for DTMF. */
internal class Keypad(context: Context, pressed: (Char) -> Unit) : GridLayout(context) {
    init {
        columnCount = 3
        for (key in "123456789*0#") {
            val button = Button(context)
            button.text = key.toString()
            button.tag = "key_$key"
            button.setOnClickListener { pressed(key) }
            addView(button)
        }
    }
}
