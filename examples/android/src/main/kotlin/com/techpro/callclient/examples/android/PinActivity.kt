// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.os.Bundle
import android.text.TextUtils
import android.view.View
import android.view.WindowManager
import android.widget.EditText
import com.techpro.callclient.engine.kotlin.awaitChange
import com.techpro.callclient.engine.kotlin.awaitSetPin
import com.techpro.callclient.engine.lock.AppLock
import com.techpro.callclient.engine.lock.LockOutcome

/**
 * A PIN of the user's own for the lock: the first one, another one, or none any more. Who forgot it
 * proves themselves by the password of the login.
 */
class PinActivity : Screen() {
    private lateinit var soFar: EditText
    private lateinit var password: EditText
    private lateinit var pin: EditText
    private lateinit var again: EditText

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
        soFar = secret("pin_so_far")
        password = secret("lock_password")
        pin = secret("pin_new")
        again = secret("pin_again")
        button("pin_set") { set(AppLock.Mode.PIN) }
        button("pin_biometrics") { set(AppLock.Mode.BIOMETRIC_OR_PIN) }
        button("lock_off") { tell(client().lock().awaitChange(AppLock.Settings.OFF, proof())) }
    }

    override fun refresh() {
        val thereIsOne = client().lock().settings().mode().usesPin()
        soFar.visibility = if (thereIsOne) View.VISIBLE else View.GONE
    }

    private suspend fun set(mode: AppLock.Mode) {
        if (TextUtils.equals(pin.text, again.text)) {
            again.clear()
            tell(client().lock().awaitSetPin(pin.takeSecret(), lockedBy(mode), proof()))
        } else {
            pin.clear()
            again.clear()
            say("pin_differs")
        }
    }

    /** Without a login and before the first PIN there is nothing to prove. */
    private fun proof(): AppLock.Proof = when {
        password.length() > 0 -> AppLock.Proof.Password(password.takeSecret())
        soFar.length() > 0 -> AppLock.Proof.Pin(soFar.takeSecret())
        else -> AppLock.Proof.None()
    }

    private fun tell(outcome: LockOutcome) {
        if (outcome.isDone) {
            say("done")
            finish()
        } else {
            phone().say(outcome.advice(this))
        }
    }
}
