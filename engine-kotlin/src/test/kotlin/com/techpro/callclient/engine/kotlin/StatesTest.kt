// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import com.techpro.callclient.engine.Account
import com.techpro.callclient.engine.AccountListener
import com.techpro.callclient.engine.RegistrationState
import com.techpro.callclient.engine.call.Call
import com.techpro.callclient.engine.call.CallEvent
import com.techpro.callclient.engine.call.CallListener
import com.techpro.callclient.engine.call.CallState
import com.techpro.callclient.engine.presence.BusyLamp
import com.techpro.callclient.engine.presence.BusyLampListener
import com.techpro.callclient.engine.presence.LampState
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.flow.transformWhile
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.UnconfinedTestDispatcher
import kotlinx.coroutines.test.runTest
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test

class StatesTest {
    private val office = Office()

    @AfterEach
    fun close() = office.close()

    private fun test(body: suspend TestScope.() -> Unit) = runTest(UnconfinedTestDispatcher(), testBody = body)

    @Test
    fun a_collector_sees_each_state_of_a_call_once_on_its_own_thread(): Unit = test {
        val (caller, callee) = office.callerAndCallee()
        val call = caller.account.dial("1002")
        val threads = mutableSetOf<Thread>()
        val seen = async {
            call.states
                .transformWhile { emit(it); it.state() != CallState.ENDED }
                .map { threads += Thread.currentThread(); it }
                .toList()
        }

        callee.rings().answer()
        office.until { call.snapshot().state() == CallState.ESTABLISHED }
        assertThat(call.states.value.state()).isEqualTo(CallState.ESTABLISHED)
        assertThat(call.states.replayCache.single().state()).isEqualTo(CallState.ESTABLISHED)
        call.hangUp()

        val snapshots = with(office) { seen.soon() }
        assertThat(snapshots.map { it.state() }.distinct())
            .startsWith(CallState.DIALLING)
            .contains(CallState.RINGING_OUT)
            .endsWith(CallState.ESTABLISHED, CallState.ENDED)
        assertThat(snapshots.zipWithNext()).allSatisfy { (before, after) -> assertThat(after).isNotEqualTo(before) }
        assertThat(threads).containsExactly(Thread.currentThread())
    }

    @Test
    fun a_slow_collector_sees_the_newest_alone(): Unit = test {
        val (caller, callee) = office.callerAndCallee()
        val call = caller.account.dial("1002")
        val seen = mutableListOf<CallState>()
        val collecting = launch(StandardTestDispatcher(testScheduler)) { call.states.collect { seen += it.state() } }
        testScheduler.runCurrent()

        callee.rings().answer()
        office.until { call.snapshot().state() == CallState.ESTABLISHED }
        testScheduler.runCurrent()

        assertThat(seen).containsExactly(CallState.DIALLING, CallState.ESTABLISHED)
        collecting.cancel()
    }

    @Test
    fun a_change_while_the_first_is_shown_is_not_lost(): Unit = test {
        val caller = office.phone("1001")
        val call = caller.account.dial("1002")
        val seen = mutableListOf<CallState>()

        val collecting = launch {
            call.states.collect {
                seen += it.state()
                if (seen.size == 1) {
                    call.hangUp()
                    office.until { call.snapshot().state() == CallState.ENDED }
                }
            }
        }

        assertThat(seen).containsExactly(CallState.DIALLING, CallState.ENDED)
        assertThat(collecting.isActive).isTrue()
        collecting.cancel()
    }

    @Test
    fun an_event_that_changes_nothing_is_not_shown(): Unit = test {
        val call = ListenedTo(office.phone("1001").account.dial("1002"))
        val seen = mutableListOf<CallState>()
        val collecting = launch { call.states.collect { seen += it.state() } }

        call.listeners.single().callChanged(call, blank(CallEvent::class.java) as CallEvent)

        assertThat(seen).containsExactly(CallState.DIALLING)
        collecting.cancel()
    }

    @Test
    fun collecting_adds_a_listener_and_cancelling_removes_it(): Unit = test {
        val call = ListenedTo(office.phone("1001").account.dial("1002"))
        assertThat(call.states.value.state()).isEqualTo(CallState.DIALLING)
        assertThat(call.listeners).isEmpty()

        val one = launch { call.states.collect {} }
        val other = launch { call.states.collect {} }
        assertThat(call.listeners).hasSize(2)
        one.cancel()
        assertThat(call.listeners).hasSize(1)
        other.cancel()

        assertThat(call.listeners).isEmpty()
    }

    @Test
    fun a_call_that_is_over_is_listened_to_no_more(): Unit = test {
        val phone = office.phone("1001")
        val call = ListenedTo(phone.account.dial("1002"))
        val collecting = launch { call.states.collect {} }

        call.hangUp()
        office.until { call.snapshot().state() == CallState.ENDED }
        assertThat(collecting.isActive).isTrue()
        assertThat(call.listeners).isEmpty()
        collecting.cancel()
        phone.client.close()

        assertThat(call.states.first().state()).isEqualTo(CallState.ENDED)
    }

    @Test
    fun a_registration_is_a_state_too(): Unit = test {
        val account = office.app().addAccount(office.pbx.account("1002").build())
        val seen = mutableListOf<RegistrationState>()
        val collecting = launch { account.registrations.collect { seen += it.state() } }

        office.until { account.registration().state() == RegistrationState.REGISTERED }
        account.remove()
        office.until { account.registration().state() == RegistrationState.UNREGISTERED }

        assertThat(seen.distinct()).containsSubsequence(
            RegistrationState.REGISTERING,
            RegistrationState.REGISTERED,
            RegistrationState.UNREGISTERED,
        )
        collecting.cancel()
    }

    @Test
    fun a_lamp_is_a_state_too(): Unit = test {
        val lamp = office.phone("1001").account.watch("1002")
        val callee = office.phone("1002")
        val seen = mutableListOf<LampState>()
        val collecting = launch { lamp.states.collect { seen += it.state() } }
        office.pass(5)

        val call = office.phone("1003").talksTo(callee)
        office.pass(2)
        call.hangUp()
        office.pass(2)

        assertThat(seen.distinct()).containsExactly(LampState.IDLE, LampState.RINGING, LampState.TALKING)
        assertThat(seen).endsWith(LampState.IDLE)
        collecting.cancel()
        assertThat(lamp.states.value.state()).isEqualTo(LampState.IDLE)
    }

    @Test
    fun a_registration_is_listened_to_as_long_as_it_is_collected(): Unit = test {
        val account = object : Account by office.phone("1001").account {
            val listeners = mutableSetOf<AccountListener>()

            override fun addListener(listener: AccountListener) {
                listeners += listener
            }

            override fun removeListener(listener: AccountListener) {
                listeners -= listener
            }
        }

        val collecting = launch { account.registrations.collect {} }
        assertThat(account.listeners).hasSize(1)
        collecting.cancel()

        assertThat(account.listeners).isEmpty()
    }

    @Test
    fun a_lamp_is_listened_to_as_long_as_it_is_collected_and_not_closed(): Unit = test {
        val lamp = object : BusyLamp by office.phone("1001").account.watch("1002") {
            val listeners = mutableSetOf<BusyLampListener>()
            var closed = false

            override fun addListener(listener: BusyLampListener) {
                listeners += listener
            }

            override fun removeListener(listener: BusyLampListener) {
                listeners -= listener
            }

            override fun close() {
                closed = true
            }
        }

        val collecting = launch { lamp.states.collect {} }
        assertThat(lamp.listeners).hasSize(1)
        collecting.cancel()

        assertThat(lamp.listeners).isEmpty()
        assertThat(lamp.closed).isFalse()
    }

    @Test
    fun a_closed_client_tells_no_more_of_its_accounts(): Unit = test {
        val phone = office.phone("1001")
        phone.client.close()

        val collecting = async { runCatching { phone.account.registrations.collect {} } }

        assertThatThrownBy { collecting.getCompleted().getOrThrow() }.isInstanceOf(IllegalStateException::class.java)
    }

    /** Knows who listens to it. */
    private class ListenedTo(private val call: Call) : Call by call {
        val listeners = mutableSetOf<CallListener>()

        override fun addListener(listener: CallListener) {
            listeners += listener
            call.addListener(listener)
        }

        override fun removeListener(listener: CallListener) {
            listeners -= listener
            call.removeListener(listener)
        }
    }
}
