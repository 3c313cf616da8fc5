// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.text.InputType
import android.widget.EditText
import com.techpro.callclient.ports.secret.Secret

/** Digits or letters that nobody reads over the user's shoulder. */
internal const val PASSWORD: Int = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_VARIATION_PASSWORD

/** What was typed, which is no longer in the field then. */
internal fun EditText.takeSecret(): Secret {
    val secret = Secret.of(text)
    clear()
    return secret
}
