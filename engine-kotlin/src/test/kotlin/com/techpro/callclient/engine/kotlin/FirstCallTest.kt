// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import com.techpro.callclient.engine.call.CallState
import kotlinx.coroutines.async
import kotlinx.coroutines.test.UnconfinedTestDispatcher
import kotlinx.coroutines.test.runTest
import org.assertj.core.api.Assertions.assertThat
import org.example.phone.firstCall
import org.junit.jupiter.api.Test

class FirstCallTest {
    @Test
    fun the_example_calls_and_is_called(): Unit = Office().use { office ->
        runTest(UnconfinedTestDispatcher()) {
            val colleague = office.phone("1002")
            val client = office.app()

            val example = async { firstCall(client, office.phoneSystem, office.login()) }
            val rung = colleague.rings()
            rung.answer()
            office.until { rung.snapshot().state() == CallState.ESTABLISHED }
            val back = office.phone("1003").account.dial("1001")
            office.until { back.snapshot().state() == CallState.ESTABLISHED }
            rung.hangUp()

            with(office) { example.soon() }
            assertThat(client.accounts()).hasSize(1)
        }
    }
}
