// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android

import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.provider.Settings
import android.view.View
import android.widget.Button
import android.widget.LinearLayout
import com.techpro.callclient.ports.permission.Permission

/** What the app may do, why it asks, and what works without. */
class PermissionsActivity : Screen() {
    private lateinit var permissions: LinearLayout
    private lateinit var fullScreen: Button

    override val isPrivate: Boolean
        get() = false

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        permissions = list()
        fullScreen = button("permission_full_screen") {
            app().notifications().fillScreenSettings()?.let { startActivity(it) }
        }
        button("permission_settings") { openSettings() }
    }

    override fun refresh() {
        val notifications = app().notifications()
        val ask = !notifications.canFillScreen() && notifications.fillScreenSettings() != null
        fullScreen.visibility = if (ask) View.VISIBLE else View.GONE
        show(permissions, Permission.entries, ::words, Action("permission_allow") { ask(it) })
    }

    /** Android asks; where it does not any more, the settings are the only way. */
    private fun ask(permission: Permission) {
        val port = app().permissions()
        if (port.deniedForGood(permission)) {
            openSettings()
        } else {
            port.request(permission) { phone().changed() }
        }
    }

    private fun openSettings() {
        val page = Uri.fromParts("package", packageName, null)
        startActivity(Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, page))
    }

    private fun words(permission: Permission): String {
        val standing = when {
            app().permissions().granted(permission) -> "permission_granted"
            permission.optional() -> "permission_optional"
            else -> "permission_needed"
        }
        return text(permission.reasonKey()) + " " + text(standing)
    }
}
