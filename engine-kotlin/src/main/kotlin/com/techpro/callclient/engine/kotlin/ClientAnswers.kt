// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import com.techpro.callclient.engine.CallClient
import com.techpro.callclient.engine.ClientCounters
import com.techpro.callclient.engine.LoginResult
import com.techpro.callclient.engine.LogoutOptions
import com.techpro.callclient.engine.LogoutResult
import com.techpro.callclient.engine.Updates
import com.techpro.callclient.engine.WakeOutcome
import com.techpro.callclient.engine.WakeReason
import com.techpro.callclient.engine.diagnostics.DiagnosticsReport
import com.techpro.callclient.engine.privacy.DataExport
import com.techpro.callclient.engine.privacy.ErasureOutcome
import com.techpro.callclient.engine.privacy.Privacy
import com.techpro.callclient.engine.privacy.TrimmedStorage
import com.techpro.callclient.ports.phonesystem.Login
import com.techpro.callclient.ports.phonesystem.PhoneSystem
import com.techpro.callclient.ports.update.UpdateAnswer
import java.time.Duration
import java.util.concurrent.CancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive

/**
 * Waits for [CallClient.login]. Cancelling takes the login back: if the phone system lets the user
 * in nevertheless, the user is logged out at once, as by [CallClient.logout], and favourites stay.
 * Until the phone system has answered, another login gets [LoginResult.InProgress].
 */
public suspend fun CallClient.awaitLogin(system: PhoneSystem, login: Login): LoginResult {
    currentCoroutineContext().ensureActive()
    val begun = login(system, login)
    try {
        return begun.answer()
    } catch (cancelled: CancellationException) {
        begun.thenAccept {
            if (it is LoginResult.LoggedIn) {
                logout(LogoutOptions.EVERYTHING.keepingFavorites())
            }
        }
        throw cancelled
    }
}

/**
 * Waits for [CallClient.restore]. Cancelling ends the waiting alone, as logging out would forget a
 * login that was made before: the user may be logged in all the same, and [CallClient.profile] and
 * [events] tell.
 */
public suspend fun CallClient.awaitRestore(vararg systems: PhoneSystem): LoginResult = answerTo { restore(*systems) }

/**
 * Waits for [CallClient.logout]. Cancelling ends the waiting alone: what is erased stays erased.
 */
public suspend fun CallClient.awaitLogout(options: LogoutOptions): LogoutResult = answerTo { logout(options) }

/**
 * Waits for [CallClient.wake]. Cancelling ends the waiting alone: the engine stays awake until the
 * budget is used up.
 */
public suspend fun CallClient.awaitWake(reason: WakeReason, budget: Duration): WakeOutcome =
    answerTo { wake(reason, budget) }

/** Waits for [Updates.check]. Cancelling ends the waiting alone. */
public suspend fun Updates.awaitCheck(version: String): UpdateAnswer = answerTo { check(version) }

/** Waits for [Privacy.export]. Cancelling ends only the waiting. */
public suspend fun Privacy.awaitExport(): DataExport = answerTo { export() }

/** Waits for [Privacy.erase]. Cancelling ends only the waiting: everything is erased nevertheless. */
public suspend fun Privacy.awaitErase(): ErasureOutcome = answerTo { erase() }

/** Waits for [Privacy.trim]. Cancelling ends only the waiting. */
public suspend fun Privacy.awaitTrim(): TrimmedStorage = answerTo { trim() }

/** Waits for [CallClient.counters]. Cancelling ends only the waiting. */
public suspend fun CallClient.awaitCounters(): ClientCounters = answerTo { counters() }

/** Waits for [CallClient.diagnostics]. Cancelling ends only the waiting. */
public suspend fun CallClient.awaitDiagnostics(): DiagnosticsReport = answerTo { diagnostics() }

/**
 * Waits for [CallClient.shutdown]. Cancelling ends the waiting alone: the client closes
 * nevertheless. A coroutine that was cancelled before does not even begin it: in a `finally` it
 * belongs into `withContext(NonCancellable)`.
 */
public suspend fun CallClient.awaitShutdown(grace: Duration) {
    answerTo { shutdown(grace).thenApply {} }
}
