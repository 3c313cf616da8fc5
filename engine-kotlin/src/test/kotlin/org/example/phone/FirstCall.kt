// SPDX-License-Identifier: Apache-2.0
package org.example.phone

import com.techpro.callclient.engine.CallClient
import com.techpro.callclient.engine.LoginResult
import com.techpro.callclient.engine.call.CallState
import com.techpro.callclient.engine.kotlin.ClientEvent
import com.techpro.callclient.engine.kotlin.awaitDial
import com.techpro.callclient.engine.kotlin.awaitLogin
import com.techpro.callclient.engine.kotlin.awaitRegistered
import com.techpro.callclient.engine.kotlin.events
import com.techpro.callclient.engine.kotlin.states
import com.techpro.callclient.ports.phonesystem.Login
import com.techpro.callclient.ports.phonesystem.PhoneSystem
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch

/** What README and docs/embedding.md show. */
internal suspend fun firstCall(client: CallClient, phoneSystem: PhoneSystem, login: Login) = coroutineScope {
    val answering = launch {
        client.events.collect { event ->
            if (event is ClientEvent.IncomingCall) event.call.answer()
        }
    }
    val result = client.awaitLogin(phoneSystem, login)
    if (result is LoginResult.LoggedIn) {
        result.account().awaitRegistered()
        val call = result.account().awaitDial("1002")
        call.states.first { it.state() == CallState.ENDED }
    }
    answering.cancel()
}
