// SPDX-License-Identifier: Apache-2.0
package org.example.phone

import com.techpro.callclient.engine.Account
import com.techpro.callclient.engine.CallClient
import com.techpro.callclient.engine.call.CallSnapshot
import com.techpro.callclient.engine.call.CallState
import com.techpro.callclient.engine.kotlin.ClientEvent
import com.techpro.callclient.engine.kotlin.awaitDial
import com.techpro.callclient.engine.kotlin.events
import com.techpro.callclient.engine.kotlin.states
import kotlinx.coroutines.flow.first

/** Takes what comes in, until it is cancelled. */
suspend fun CallClient.answerAll() = events.collect { event ->
    if (event is ClientEvent.IncomingCall) event.call.answer()
}

/** Calls a number and hangs up once somebody has answered; gives the call as it ended. */
suspend fun Account.callBriefly(number: String): CallSnapshot {
    val call = awaitDial(number)
    call.hangUp()
    return call.states.first { it.state() == CallState.ENDED }
}
