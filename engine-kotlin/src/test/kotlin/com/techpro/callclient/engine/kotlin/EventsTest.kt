// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import com.techpro.callclient.engine.CallClient
import com.techpro.callclient.engine.CallClientListener
import com.techpro.callclient.engine.RegistrationState
import com.techpro.callclient.engine.call.CallEvent
import com.techpro.callclient.engine.call.CallState
import java.lang.reflect.Modifier
import java.lang.reflect.Proxy
import kotlinx.coroutines.async
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.UnconfinedTestDispatcher
import kotlinx.coroutines.test.runTest
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

class EventsTest {
    private fun test(body: suspend TestScope.() -> Unit) = runTest(UnconfinedTestDispatcher(), testBody = body)

    @Test
    fun a_collector_hears_how_things_stand_and_then_each_event_in_order(): Unit = Office().use { office ->
        test {
            val (caller, callee) = office.callerAndCallee()
            val heard = mutableListOf<ClientEvent>()
            val collecting = launch { callee.client.events.collect { heard += it } }
            office.pass(1)
            assertThat(heard.first())
                .isEqualTo(ClientEvent.RegistrationChanged(callee.account, callee.account.registration()))
            assertThat(callee.account.registration().state()).isEqualTo(RegistrationState.REGISTERED)
            assertThat(heard).hasAtLeastOneElementOfType(ClientEvent.HistoryChanged::class.java)

            val call = caller.talksTo(callee)
            call.hangUp()
            office.until { callee.client.calls().isEmpty() }

            val ofCalls = heard.mapNotNull {
                when (it) {
                    is ClientEvent.IncomingCall -> "rings: ${it.snapshot.state()}"
                    is ClientEvent.CallChanged -> (it.event as? CallEvent.Ended)?.let { "over" }
                        ?: (it.event as? CallEvent.StateChanged)?.after()?.state()?.name
                    else -> null
                }
            }
            assertThat(ofCalls).startsWith("rings: INCOMING").contains(CallState.ESTABLISHED.name).endsWith("over")
            assertThat(heard).noneMatch { it is ClientEvent.Missed }
            collecting.cancel()
        }
    }

    @Test
    fun events_print_no_personal_data(): Unit = Office().use { office ->
        test {
            val (caller, callee) = office.callerAndCallee()
            val heard = mutableListOf<ClientEvent>()
            val collecting = launch { callee.client.events.collect { heard += it } }

            caller.talksTo(callee).hangUp()
            caller.account.sendMessage("1002", "Canary-Text-4412")
            office.pass(5)

            assertThat(heard.map { it.javaClass.simpleName })
                .contains("IncomingCall", "CallChanged", "HistoryChanged", "MessageReceived")
            assertThat(heard.joinToString("\n"))
                .doesNotContain("1001", "1002", "Canary-Text-4412", office.pbx.domain())
            collecting.cancel()
        }
    }

    @Test
    fun a_closed_client_tells_no_more(): Unit = Office().use { office ->
        test {
            val client = office.app()
            client.close()

            val collecting = async { runCatching { client.events.collect {} } }

            assertThatThrownBy { collecting.getCompleted().getOrThrow() }.isInstanceOf(IllegalStateException::class.java)
        }
    }

    @Test
    fun cancelling_removes_the_listener(): Unit = test {
        val client = Told()
        val one = launch { client.events.collect {} }
        val other = launch { client.events.collect {} }
        assertThat(client.listeners).hasSize(2)

        one.cancel()
        other.cancel()

        assertThat(client.listeners).isEmpty()
    }

    @Test
    fun a_slow_collector_gets_the_newest_and_hears_how_many_it_missed(): Unit = test {
        val client = Told()
        val heard = mutableListOf<ClientEvent>()
        val collecting = launch(StandardTestDispatcher(testScheduler)) { client.events.collect { heard += it } }
        testScheduler.runCurrent()

        repeat(EVENTS_KEPT) { client.listeners.single().lockChanged(it % 2 == 0) }
        testScheduler.runCurrent()
        assertThat(heard.size).isEqualTo(EVENTS_KEPT)
        assertThat(heard.count { it is ClientEvent.Missed }).isZero()
        heard.clear()
        // The first one is given to who waits for it; of those behind it the oldest six find no room.
        repeat(1 + EVENTS_KEPT + 6) { client.listeners.single().lockChanged(it < 8) }
        testScheduler.runCurrent()

        assertThat(heard.take(4)).containsExactly(
            ClientEvent.LockChanged(true),
            ClientEvent.Missed(6),
            ClientEvent.LockChanged(true),
            ClientEvent.LockChanged(false),
        )
        assertThat(heard.size).isEqualTo(1 + 1 + EVENTS_KEPT)
        client.listeners.single().lockChanged(true)
        testScheduler.runCurrent()
        assertThat(heard.last()).isEqualTo(ClientEvent.LockChanged(true))
        assertThat(heard.count { it is ClientEvent.Missed }).isEqualTo(1)
        collecting.cancel()
    }

    @Test
    fun each_method_of_the_listener_is_an_event(): Unit = test {
        val client = Told()
        val collecting = launch { client.events.collect {} }
        val told = CallClientListener::class.java.methods.filterNot { Modifier.isStatic(it.modifiers) }

        assertThat(told.map { it.name.replaceFirstChar(Char::uppercase) } + "Missed")
            .containsExactlyInAnyOrderElementsOf(ClientEvent::class.java.permittedSubclasses.map { it.simpleName })
        assertThat(told).allSatisfy {
            val handed = client.listeners.single().javaClass.getMethod(it.name, *it.parameterTypes)
            assertThat(handed.declaringClass.isInterface).`as`(it.name).isFalse()
        }
        collecting.cancel()
    }

    @Test
    fun each_event_carries_the_arguments_of_the_listener(): Unit = test {
        val client = Told()
        val heard = mutableListOf<ClientEvent>()
        val collecting = launch { client.events.collect { heard += it } }

        for (method in CallClientListener::class.java.methods.filterNot { Modifier.isStatic(it.modifiers) }) {
            val told = method.parameterTypes.map(::blank)
            method.invoke(client.listeners.single(), *told.toTypedArray())
            val event = heard.removeLast()

            assertThat(event.javaClass.simpleName).isEqualTo(method.name.replaceFirstChar(Char::uppercase))
            assertThat(same(components(event), told)).describedAs(method.name).isTrue()
        }
        assertThat(heard).isEmpty()
        collecting.cancel()
    }

    private fun components(event: ClientEvent) =
        event.javaClass.methods.filter { it.name.startsWith("component") }.sortedBy { it.name }.map { it.invoke(event) }

    /** A client of which only its listeners are there. */
    private class Told(val listeners: MutableList<CallClientListener> = mutableListOf()) : CallClient by only(listeners)

    companion object {
        private fun only(listeners: MutableList<CallClientListener>): CallClient =
            Proxy.newProxyInstance(CallClient::class.java.classLoader, arrayOf(CallClient::class.java)) { _, method, arguments ->
                when (method.name) {
                    "addListener" -> listeners.add(arguments.single() as CallClientListener)
                    "removeListener" -> listeners.remove(arguments.single())
                    else -> throw UnsupportedOperationException(method.name)
                }
                null
            } as CallClient
    }
}
