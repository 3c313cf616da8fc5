// SPDX-License-Identifier: Apache-2.0
package org.example.phone

import com.techpro.callclient.engine.CallClient
import com.techpro.callclient.engine.CallClientConfig
import com.techpro.callclient.engine.call.CallEnding
import com.techpro.callclient.engine.kotlin.awaitRegistered
import com.techpro.callclient.ports.phonesystem.SipAccount
import com.techpro.callclient.testkit.pbx.PbxAccount
import com.techpro.callclient.testkit.pbx.PbxExtension
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.RegisterExtension

/** A call between two apps, on a phone system inside the test. */
class FirstCallTest {
    @Test
    fun a_colleague_answers(@PbxAccount("1001") anna: SipAccount, @PbxAccount("1002") ben: SipAccount) = runBlocking {
        app().use { annas ->
            app().use { bens ->
                val answering = launch { bens.answerAll() }
                val ended = withTimeout(30_000) {
                    bens.addAccount(ben).awaitRegistered()
                    annas.addAccount(anna).callBriefly("1002")
                }
                answering.cancel()

                // A call that nobody took would be a cancelled one.
                assertEquals(CallEnding.LocalHangUp(), ended.ending())
            }
        }
    }

    // Nobody listens to it.
    private fun app() = CallClient.create(CallClientConfig.builder().platform { it.audio(null) }.build())

    companion object {
        @JvmField
        @RegisterExtension
        val pbx: PbxExtension = PbxExtension.with("1001", "1002")
    }
}
