// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.os.Bundle
import android.text.InputType
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.Switch
import com.techpro.callclient.adapters.android.ReachableService
import com.techpro.callclient.engine.call.CommandOutcome
import com.techpro.callclient.engine.call.ForwardingRules
import com.techpro.callclient.engine.kotlin.awaitChange
import com.techpro.callclient.engine.kotlin.awaitSet
import com.techpro.callclient.engine.lock.AppLock
import com.techpro.callclient.ports.audio.AudioDevice
import java.time.Duration
import java.util.Locale

/** Do-not-disturb, forwarding, devices, the lock, and log-out. */
class SettingsActivity : Screen() {
    private lateinit var doNotDisturb: Switch
    private lateinit var reachable: Switch
    private lateinit var always: EditText
    private lateinit var busy: EditText
    private lateinit var unanswered: EditText
    private lateinit var password: EditText
    private lateinit var devices: LinearLayout

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        doNotDisturb = add(Switch(this))
        doNotDisturb.text = text("do_not_disturb")
        doNotDisturb.setOnClickListener {
            attempt { tell(client().incomingCalls().doNotDisturb().awaitSet(doNotDisturb.isChecked)) }
        }
        reachable = add(Switch(this))
        reachable.text = text("reachable")
        reachable.tag = "reachable"
        reachable.setOnClickListener { receiveInBackground(reachable.isChecked) }
        always = field("forward_always", InputType.TYPE_CLASS_PHONE)
        busy = field("forward_busy", InputType.TYPE_CLASS_PHONE)
        unanswered = field("forward_unanswered", InputType.TYPE_CLASS_PHONE)
        button("forward_set") { tell(client().incomingCalls().forwarding().awaitSet(rules())) }
        button("forward_none") { tell(client().incomingCalls().forwarding().awaitSet(ForwardingRules.NONE)) }
        devices = list()
        password = secret("lock_password")
        button("lock_on") { lock(AppLock.Mode.PASSWORD) }
        button("lock_biometrics") { lock(AppLock.Mode.BIOMETRIC_OR_PASSWORD) }
        button("lock_pin") { go(PinActivity::class.java) }
        button("lock_off") { lock(AppLock.Mode.NONE) }
        button("logout") {
            phone().logout()
            finish()
        }
    }

    override fun refresh() {
        doNotDisturb.isChecked = client().incomingCalls().doNotDisturb().snapshot().on()
        reachable.isChecked = app().reachable().wanted()
        val rules = client().incomingCalls().forwarding().snapshot().rules()
        fill(always, rules.always())
        fill(busy, rules.busy())
        fill(unanswered, rules.unanswered())
        val all = phone().devices(AudioDevice.Direction.CAPTURE) + phone().devices(AudioDevice.Direction.PLAYBACK)
        show(devices, all, ::words, Action("device_use") { phone().use(it) })
    }

    private fun rules(): ForwardingRules = ForwardingRules.NONE
        .withAlways(number(always))
        .withBusy(number(busy))
        .withUnanswered(number(unanswered), ANSWER_TIME)

    /** The password that the phone system accepted is the lock's as well. */
    private suspend fun lock(mode: AppLock.Mode) {
        val outcome = client().lock().awaitChange(lockedBy(mode), AppLock.Proof.Password(password.takeSecret()))
        phone().say(if (outcome.isDone) text("done") else outcome.advice())
    }

    /** Android asks for the exemption from battery optimisation, without which it ends the service. */
    private fun receiveInBackground(wish: Boolean) {
        app().reachable().want(wish)
        if (wish) {
            ReachableService.exemptionRequest(this)?.let { startActivity(it) }
        }
    }

    private fun tell(outcome: CommandOutcome) =
        phone().say(if (outcome is CommandOutcome.Refused) outcome.reason().advice() else text("done"))

    /** Not while the user types in it. */
    private fun fill(field: EditText, number: String?) {
        if (!field.hasFocus()) {
            field.setText(number ?: "")
        }
    }

    private fun number(field: EditText): String? = field.typed().ifEmpty { null }

    private fun words(device: AudioDevice): String {
        val options = phone().options()
        val used = device.id() == options.captureDevice() || device.id() == options.playbackDevice()
        val direction = text("device_" + device.direction().name.lowercase(Locale.ROOT))
        return (if (used) "● " else "") + direction + ": " + device.name()
    }

    private companion object {
        val ANSWER_TIME: Duration = Duration.ofSeconds(20)
    }
}

/** When the app locks: after five idle minutes, or a minute in the background. */
internal fun lockedBy(mode: AppLock.Mode) = AppLock.Settings(mode, Duration.ofMinutes(5), Duration.ofMinutes(1))
