// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.os.Bundle
import android.text.InputType
import android.view.WindowManager
import android.widget.EditText
import com.techpro.callclient.ports.phonesystem.HostPort
import com.techpro.callclient.ports.phonesystem.Login
import com.techpro.callclient.ports.secret.Secret

/**
 * E-mail address and password; the code of a second factor and the name of the server for the phone
 * systems that ask for them.
 */
class LoginActivity : Screen() {
    private lateinit var email: EditText
    private lateinit var password: EditText
    private lateinit var code: EditText
    private lateinit var server: EditText

    override val isPrivate: Boolean
        get() = false

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        // No screenshots, and nothing in the list of recent apps.
        window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
        email = field("login_email", InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_VARIATION_EMAIL_ADDRESS)
        password = secret("login_password")
        code = secret("login_code", InputType.TYPE_CLASS_TEXT)
        server = field("login_server", InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_VARIATION_URI)
        button("login") { login() }
    }

    override fun refresh() {
        if (phone().account().isPresent) {
            finish()
        }
    }

    /** Goes on when the user leaves the screen: the phone waits for it, and not this. */
    private fun login() {
        try {
            var login = Login.of(email.typed(), password.takeSecret())
            if (code.typed().isNotEmpty()) {
                login = login.withOneTimeCode(Secret.of(code.typed()))
            }
            if (server.typed().isNotEmpty()) {
                login = login.at(HostPort.parse(server.typed()))
            }
            phone().login(app().phoneSystem(), login)
        } catch (_: IllegalArgumentException) {
            say("login_not_complete")
        } finally {
            password.clear()
            code.clear()
        }
    }
}
