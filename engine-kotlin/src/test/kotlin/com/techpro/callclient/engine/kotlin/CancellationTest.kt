// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import com.techpro.callclient.engine.Account
import com.techpro.callclient.engine.LoginResult
import com.techpro.callclient.engine.LogoutOptions
import com.techpro.callclient.engine.LogoutResult
import com.techpro.callclient.engine.RegistrationState
import com.techpro.callclient.engine.call.Call
import com.techpro.callclient.engine.call.CallEnding
import com.techpro.callclient.engine.call.CallOptions
import com.techpro.callclient.engine.call.CallState
import com.techpro.callclient.engine.call.EstablishmentOutcome
import com.techpro.callclient.engine.call.TransferOutcome
import com.techpro.callclient.engine.people.Favorite
import com.techpro.callclient.engine.presence.CallCompletion
import com.techpro.callclient.engine.presence.CallCompletionOutcome
import com.techpro.callclient.ports.phonesystem.Login
import com.techpro.callclient.ports.phonesystem.LoginContext
import com.techpro.callclient.ports.phonesystem.LoginOutcome
import com.techpro.callclient.ports.phonesystem.PhoneSystem
import com.techpro.callclient.testkit.contracts.FakeSecureStore
import java.lang.ref.WeakReference
import java.time.Duration
import java.util.concurrent.CompletableFuture
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.StandardTestDispatcher
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.UnconfinedTestDispatcher
import kotlinx.coroutines.test.runTest
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test

/** What suspending functions wait for, and what cancelling each of them does. */
class CancellationTest {
    private val office = Office()

    @AfterEach
    fun close() = office.close()

    private fun test(body: suspend TestScope.() -> Unit) = runTest(UnconfinedTestDispatcher(), testBody = body)

    @Test
    fun an_account_is_awaited_until_it_is_registered(): Unit = test {
        val account = office.app().addAccount(office.pbx.account("1002").build())

        val registration = async { account.awaitRegistered() }
        assertThat(registration.isCompleted).isFalse()

        assertThat(with(office) { registration.soon() }.state()).isEqualTo(RegistrationState.REGISTERED)
    }

    @Test
    fun a_user_logs_in_and_out(): Unit = test {
        val client = office.app()

        val login = async { client.awaitLogin(office.phoneSystem, office.login()) }
        assertThat(with(office) { login.soon() }).isInstanceOf(LoginResult.LoggedIn::class.java)
        val registration = async { client.accounts().single().awaitRegistered() }
        with(office) { registration.soon() }
        val logout = async { client.awaitLogout(LogoutOptions.EVERYTHING) }

        assertThat(with(office) { logout.soon() }).isEqualTo(LogoutResult(true, null))
    }

    @Test
    fun a_cancelled_login_is_taken_back_once_the_phone_system_has_agreed(): Unit = test {
        val disk = FakeSecureStore().disk()
        val client = office.app(disk)
        val login = launch { client.awaitLogin(office.phoneSystem, office.login()) }

        login.cancel()
        office.pass(60)

        assertThat(client.profile()).isNull()
        assertThat(client.accounts()).isEmpty()
        assertThat(office.pbx.state().isRegistered("1001")).isFalse()
        val again = async { office.app(disk).awaitRestore(office.phoneSystem) }
        assertThat(with(office) { again.soon() }).isEqualTo(LoginResult.NothingStored())
    }

    @Test
    fun a_login_that_succeeded_before_its_cancelled_coroutine_ran_is_taken_back(): Unit = test {
        val client = office.app()
        val added = async { client.people().favorites().awaitAdd(Favorite("1002", "")) }
        assertThat(with(office) { added.soon() }.isDone).isTrue()
        val login = launch(StandardTestDispatcher(testScheduler)) { client.awaitLogin(office.phoneSystem, office.login()) }
        testScheduler.runCurrent()
        office.until { client.profile() != null && office.pbx.state().isRegistered("1001") }

        login.cancel()
        testScheduler.runCurrent()
        office.pass(60)

        assertThat(client.profile()).isNull()
        assertThat(client.accounts()).isEmpty()
        assertThat(client.people().favorites().snapshot().favorites()).containsExactly(Favorite("1002", ""))
        assertThat(office.pbx.state().isRegistered("1001")).isFalse()
    }

    @Test
    fun a_refused_login_that_was_cancelled_keeps_the_stored_login(): Unit = test {
        val disk = FakeSecureStore().disk()
        val first = office.app(disk)
        val login = async { first.awaitLogin(office.phoneSystem, office.login()) }
        with(office) { login.soon() }
        first.close()
        val client = office.app(disk)

        val refused = launch { client.awaitLogin(Unreachable(), office.login()) }
        refused.cancel()
        office.pass(60)

        val restored = async { client.awaitRestore(office.phoneSystem) }
        assertThat(with(office) { restored.soon() }).isInstanceOf(LoginResult.LoggedIn::class.java)
    }

    @Test
    fun a_cancelled_restore_goes_on(): Unit = test {
        val disk = FakeSecureStore().disk()
        val first = office.app(disk)
        val login = async { first.awaitLogin(office.phoneSystem, office.login()) }
        with(office) { login.soon() }
        first.close()
        val client = office.app(disk)

        launch { client.awaitRestore(office.phoneSystem) }.cancel()

        office.until { client.profile() != null }
        office.pass(60)
        assertThat(client.profile()).isNotNull()
    }

    @Test
    fun dialling_gives_the_call_when_the_two_can_talk(): Unit = test {
        val (caller, callee) = office.callerAndCallee()
        val call = async { caller.account.awaitDial("1002") }

        callee.rings().answer()

        assertThat(with(office) { call.soon() }.snapshot().state()).isEqualTo(CallState.ESTABLISHED)
    }

    @Test
    fun dialling_gives_the_call_when_it_is_over(): Unit = test {
        val caller = office.phone("1001")
        val call = async { caller.account.awaitDial("604") }

        assertThat(with(office) { call.soon() }.snapshot().state()).isEqualTo(CallState.ENDED)
    }

    @Test
    fun dialling_and_calling_when_free_have_their_options(): Unit = test {
        val account = Calling(office.phone("1001").account)
        val options = CallOptions.DEFAULT.withNumberWithheld(true)

        launch { account.awaitDial("1002", options) }.cancel()
        launch { account.awaitCallWhenFree("1002", options) }.cancel()

        assertThat(account.asked).containsExactly(options, options)
    }

    @Test
    fun cancelling_while_it_rings_hangs_up(): Unit = test {
        val (caller, callee) = office.callerAndCallee()
        val dialling = launch { caller.account.awaitDial("1002") }
        val ringing = callee.rings()

        dialling.cancel()

        office.until { ringing.snapshot().state() == CallState.ENDED && caller.client.calls().isEmpty() }
    }

    @Test
    fun a_call_answered_before_its_cancelled_coroutine_ran_is_hung_up(): Unit = test {
        val (caller, callee) = office.callerAndCallee()
        val dialling = launch(StandardTestDispatcher(testScheduler)) { caller.account.awaitDial("1002") }
        testScheduler.runCurrent()
        val ringing = callee.rings()
        ringing.answer()
        office.until { caller.client.calls().single().snapshot().state() == CallState.ESTABLISHED }
        office.pass(1)

        dialling.cancel()
        testScheduler.runCurrent()

        office.until { ringing.snapshot().state() == CallState.ENDED && caller.client.calls().isEmpty() }
    }

    @Test
    fun cancelling_after_the_client_was_closed_is_no_error(): Unit = test {
        val (caller, _) = office.callerAndCallee()
        val dialling = launch(StandardTestDispatcher(testScheduler)) { caller.account.awaitDial("1002") }
        testScheduler.runCurrent()

        caller.client.close()
        dialling.cancel()
        testScheduler.runCurrent()

        assertThat(dialling.isCancelled).isTrue()
    }

    @Test
    fun a_call_goes_on_when_nobody_waits_for_it_any_more(): Unit = test {
        val (caller, callee) = office.callerAndCallee()
        val call = caller.account.dial("1002")
        val waiting = launch { call.awaitEstablished() }
        val other = async { call.awaitEstablished() }
        val ringing = callee.rings()

        waiting.cancel()
        ringing.answer()

        assertThat(with(office) { other.soon() }).isInstanceOf(EstablishmentOutcome.Established::class.java)
    }

    @Test
    fun a_transfer_is_awaited_and_cannot_be_taken_back(): Unit = test {
        val (caller, callee) = office.callerAndCallee()
        val target = office.phone("1003")
        val call = caller.talksTo(callee)

        val cancelled = launch { call.awaitTransfer("1003") }
        cancelled.cancel()
        target.rings().answer()

        office.until { call.snapshot().ending() is CallEnding.Transferred }
    }

    @Test
    fun a_transfer_reports_its_outcome(): Unit = test {
        val (caller, callee) = office.callerAndCallee()
        val target = office.phone("1003")
        val call = caller.talksTo(callee)

        val transfer = async { call.awaitTransfer("1003") }
        target.rings().answer()

        assertThat(with(office) { transfer.soon() }).isEqualTo(TransferOutcome.Transferred())
    }

    @Test
    fun a_busy_callee_is_called_when_free_unless_that_is_cancelled(): Unit = test {
        val (caller, callee) = office.callerAndCallee()
        val busy = callee.talksTo(office.phone("1003"))
        val cancelled = launch { caller.account.awaitCallWhenFree("1002") }
        office.pass(5)

        cancelled.cancel()
        busy.hangUp()
        office.pass(20)
        assertThat(callee.incoming).isNull()
        val called = async { caller.account.awaitCallWhenFree("1002") }

        callee.rings()
        assertThat(with(office) { called.soon() }).isInstanceOf(CallCompletionOutcome.Called::class.java)
    }

    @Test
    fun a_call_made_when_free_is_hung_up_if_that_was_cancelled_before_its_coroutine_ran(): Unit = test {
        val (caller, callee) = office.callerAndCallee()
        val calling = launch(StandardTestDispatcher(testScheduler)) { caller.account.awaitCallWhenFree("1002") }
        testScheduler.runCurrent()
        val ringing = callee.rings()

        calling.cancel()
        testScheduler.runCurrent()

        office.until { ringing.snapshot().state() == CallState.ENDED }
    }

    @Test
    fun a_cancelled_coroutine_begins_nothing(): Unit = test {
        val phone = office.phone("1001")
        val account = Calling(phone.account)
        val phoneSystem = Unreachable()
        val begun = mutableListOf<String>()

        launch(StandardTestDispatcher(testScheduler)) {
            coroutineContext.cancel()
            for ((name, question) in mapOf<String, suspend () -> Any?>(
                "dial" to { account.awaitDial("1002") },
                "call when free" to { account.awaitCallWhenFree("1002") },
                "login" to { phone.client.awaitLogin(phoneSystem, office.login()) },
                "shutdown" to { phone.client.awaitShutdown(Duration.ofSeconds(1)) },
            )) {
                runCatching { question() }.onSuccess { begun += name }
            }
        }
        testScheduler.runCurrent()
        office.pass(10)

        assertThat(begun).isEmpty()
        assertThat(phoneSystem.asked).isZero()
        assertThat(account.asked).isEmpty()
        assertThat(phone.account.registration().state()).isEqualTo(RegistrationState.REGISTERED)
    }

    @Test
    fun a_client_is_awaited_until_it_is_closed(): Unit = test {
        val phone = office.phone("1001")

        val closing = async { phone.client.awaitShutdown(Duration.ofSeconds(3)) }

        with(office) { closing.soon() }
        assertThat(office.pbx.state().isRegistered("1001")).isFalse()
    }

    @Test
    fun cancelling_one_waiter_does_not_cancel_the_stage(): Unit = test {
        val stage = CompletableFuture<String>()
        val cancelled = launch { stage.answer() }
        val other = async { stage.answer() }

        cancelled.cancel()

        assertThat(stage.isDone).isFalse()
        stage.complete("answer")
        assertThat(other.await()).isEqualTo("answer")
    }

    @Test
    fun a_stage_that_fails_throws_its_reason(): Unit = test {
        val stage = CompletableFuture<String>()
        val waiting = async { runCatching { stage.answer() } }

        stage.completeExceptionally(IllegalStateException("closed"))

        assertThat(waiting.await().exceptionOrNull()).isInstanceOf(IllegalStateException::class.java)
    }

    @Test
    fun an_open_stage_holds_nothing_of_a_cancelled_coroutine(): Unit = test {
        val stage = CompletableFuture<String>()
        val screen = WeakReference(waitedByScreen(stage))

        for (attempt in 1..20) {
            System.gc()
        }

        assertThat(screen.get()).isNull()
        assertThat(stage.isDone).isFalse()
    }

    private fun TestScope.waitedByScreen(stage: CompletableFuture<String>): Any {
        val screen = StringBuilder()
        launch { screen.append(stage.answer()) }.cancel()
        return screen
    }

    /** Knows the options of the calls that were asked for. */
    private class Calling(private val account: Account) : Account by account {
        val asked = mutableListOf<CallOptions>()

        override fun dial(target: String, options: CallOptions): Call {
            asked += options
            return account.dial(target, options)
        }

        override fun callWhenFree(extension: String, options: CallOptions): CallCompletion {
            asked += options
            return account.callWhenFree(extension, options)
        }
    }

    /** Whoever logs in to it is refused. */
    private class Unreachable : PhoneSystem {
        var asked = 0

        override fun kind() = "unreachable"

        override fun logIn(login: Login, context: LoginContext): LoginOutcome {
            asked++
            return LoginOutcome.Refused(LoginOutcome.Reason.SERVER_FAILED)
        }
    }
}
