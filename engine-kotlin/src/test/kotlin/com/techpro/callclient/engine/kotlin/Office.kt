// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import com.techpro.callclient.engine.Account
import com.techpro.callclient.engine.CallClient
import com.techpro.callclient.engine.CallClientConfig
import com.techpro.callclient.engine.CallClientListener
import com.techpro.callclient.engine.SipRegistrar
import com.techpro.callclient.engine.RegistrationState
import com.techpro.callclient.engine.call.Call
import com.techpro.callclient.engine.call.CallSnapshot
import com.techpro.callclient.engine.call.CallState
import com.techpro.callclient.ports.phonesystem.Login
import com.techpro.callclient.ports.phonesystem.SipTransport
import com.techpro.callclient.ports.secret.Secret
import com.techpro.callclient.testkit.contracts.FakeAudio
import com.techpro.callclient.testkit.contracts.FakeSecureStore
import com.techpro.callclient.testkit.contracts.SimulatedNetwork
import com.techpro.callclient.testkit.contracts.VirtualTime
import com.techpro.callclient.testkit.pbx.EmbeddedPbx
import java.time.Duration
import kotlinx.coroutines.Deferred

/**
 * A PBX and the engine's phones on a simulated network, in virtual time: all of it runs on the
 * test's own thread.
 */
internal class Office : AutoCloseable {
    val time: VirtualTime = VirtualTime.seeded(21)
    val network = SimulatedNetwork(time, 21)
    val pbx: EmbeddedPbx = EmbeddedPbx.builder()
        .address(PBX)
        .extension("1001", PASSWORD)
        .extensions("1002", "1003")
        .random(time.random("pbx"))
        .start(network.host(PBX), time)
    private val clients = mutableListOf<CallClient>()

    /** How the first extension's user logs in. */
    fun login(): Login = Login.of("1001@${pbx.domain()}", Secret.of(PASSWORD))
        .at(pbx.address(SipTransport.TLS))
        .trusting(pbx.tlsTrust())

    val phoneSystem = SipRegistrar.phoneSystem()

    /** An app without an account. */
    fun app(disk: FakeSecureStore.Disk = FakeSecureStore().disk(), listener: CallClientListener? = null): CallClient {
        val host = "10.0.1.${clients.size + 1}"
        val config = CallClientConfig.builder()
            .lab { it.schedulers(time).network(network.host(host)).random(time.random(host)) }
            .platform { it.audio(FakeAudio(time.openLoop("audio-$host"))).store(FakeSecureStore(disk)) }
            .callbacks(Runnable::run)
            .failures { _, failure -> throw AssertionError("a task of the engine failed", failure) }
        listener?.let(config::listener)
        val client = CallClient.create(config.build())
        clients += client
        until { !client.lock().isLocked }
        return client
    }

    fun phone(extension: String): Phone = Phone(extension)

    /** The phones of 1001 and 1002. */
    fun callerAndCallee(): Pair<Phone, Phone> = Pair(phone("1001"), phone("1002"))

    fun until(condition: () -> Boolean) = time.runUntil(condition, Duration.ofSeconds(30))

    fun pass(seconds: Long) = time.advance(Duration.ofSeconds(seconds))

    /** What a coroutine came to. */
    suspend fun <T> Deferred<T>.soon(): T {
        until { isCompleted }
        return await()
    }

    override fun close() {
        clients.forEach(CallClient::close)
        pass(10)
        pbx.close()
        pass(1)
        network.close()
        time.close()
    }

    /** One that is registered. */
    inner class Phone(extension: String) : CallClientListener {
        var incoming: Call? = null
        val client: CallClient = app(listener = this)
        val account: Account = client.addAccount(pbx.account(extension).build())

        init {
            until { account.registration().state() == RegistrationState.REGISTERED }
        }

        override fun incomingCall(call: Call, snapshot: CallSnapshot) {
            incoming = call
        }

        /** The call that rings here. */
        fun rings(): Call {
            until { incoming != null }
            return incoming!!
        }

        /** Calls another phone, which answers. */
        fun talksTo(other: Phone): Call {
            val call = account.dial(other.account.sipAccount().user())
            other.rings().answer()
            until { call.snapshot().state() == CallState.ESTABLISHED }
            return call
        }
    }

    companion object {
        const val PBX = "10.0.0.1"
        const val PASSWORD = "Canary-Password-7731"
    }
}
