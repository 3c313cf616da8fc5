// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.content.Context
import android.os.Bundle
import com.techpro.callclient.engine.kotlin.awaitUnlock
import com.techpro.callclient.engine.kotlin.awaitUnlockWithBiometrics
import com.techpro.callclient.engine.kotlin.awaitUnlockWithPin
import com.techpro.callclient.engine.lock.LockOutcome

/**
 * The app's lock: the password of the login opens it, and a PIN, a finger or a face if the user
 * chose so. Who has none of them can log out.
 */
class UnlockActivity : Screen() {
    override val isPrivate: Boolean
        get() = false

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        val lock = client().lock()
        val mode = lock.settings().mode()
        if (mode.usesPin()) {
            val pin = secret("unlock_pin")
            button("unlock_by_pin") { tell(lock.awaitUnlockWithPin(pin.takeSecret())) }
        }
        val password = secret("login_password")
        button("unlock") { tell(lock.awaitUnlock(password.takeSecret())) }
        if (mode.usesBiometrics()) {
            button("unlock_biometrics") { tell(lock.awaitUnlockWithBiometrics()) }
        }
        button("logout") { phone().logout() }
    }

    override fun refresh() {
        if (!client().lock().isLocked) {
            finish()
        }
    }

    /** Back leads out of the app, and not past the lock. */
    @Suppress("OVERRIDE_DEPRECATION") // what replaces it came with API 33
    override fun onBackPressed() {
        moveTaskToBack(true)
    }

    private fun tell(outcome: LockOutcome) = phone().say(outcome.advice(this))
}

/** With the PINs that are left to try. */
internal fun LockOutcome.advice(context: Context): String {
    val left = attemptsLeft()
    val advice = advice()
    return if (left == null) advice else advice + " " + Texts.of(context, "unlock_attempts", left)
}
