// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import com.techpro.callclient.engine.Account
import com.techpro.callclient.engine.AccountListener
import com.techpro.callclient.engine.RegistrationSnapshot
import com.techpro.callclient.engine.call.Call
import com.techpro.callclient.engine.call.CallListener
import com.techpro.callclient.engine.call.CallSnapshot
import com.techpro.callclient.engine.presence.BusyLamp
import com.techpro.callclient.engine.presence.BusyLampListener
import com.techpro.callclient.engine.presence.BusyLampSnapshot
import kotlinx.coroutines.ExperimentalForInheritanceCoroutinesApi
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.StateFlow

/**
 * The call as it is. [StateFlow.value] is [Call.snapshot]. A collector gets the snapshot of now at
 * once, and then the newest after each change: a slow one skips those in between. As every
 * [StateFlow] it never completes, also when the call is over.
 *
 * Collecting adds a [CallListener], and cancelling removes it. Nothing is kept between collections,
 * and no thread is used but the callbacks' executor and the collector's own. A collection that
 * begins after the client was closed throws [IllegalStateException], unless the call is over.
 */
public val Call.states: StateFlow<CallSnapshot>
    get() = SnapshotFlow(::snapshot, { it.ending() != null }) { changed ->
        val listener = CallListener { _, _ -> changed() }
        addListener(listener)
        AutoCloseable { removeListener(listener) }
    }

/** The account's registration as it is, with the rules of [Call.states]. */
public val Account.registrations: StateFlow<RegistrationSnapshot>
    get() = SnapshotFlow(::registration) { changed ->
        val listener = object : AccountListener {
            override fun registrationChanged(account: Account, after: RegistrationSnapshot) = changed()
        }
        addListener(listener)
        AutoCloseable { removeListener(listener) }
    }

/**
 * The lamp as it is, with the rules of [Call.states]. Cancelling a collection does not close the
 * lamp.
 */
public val BusyLamp.states: StateFlow<BusyLampSnapshot>
    get() = SnapshotFlow(::snapshot) { changed ->
        val listener = BusyLampListener { _, _ -> changed() }
        addListener(listener)
        AutoCloseable { removeListener(listener) }
    }

/**
 * A state that the engine holds. Its flow is this and not a `MutableStateFlow`, which would need
 * somebody to write into it for as long as the call lasts, whether anybody collects or not.
 * kotlinx.coroutines may give [StateFlow] further members one day; whoever takes a newer version of
 * it looks here.
 *
 * @param last whether this snapshot is the last one
 * @param listen hears of each change until it is closed
 */
@OptIn(ExperimentalForInheritanceCoroutinesApi::class)
private class SnapshotFlow<S>(
    private val now: () -> S,
    private val last: (S) -> Boolean = { false },
    private val listen: (changed: () -> Unit) -> AutoCloseable,
) : StateFlow<S> {
    override val value: S get() = now()

    override val replayCache: List<S> get() = listOf(value)

    override suspend fun collect(collector: FlowCollector<S>): Nothing {
        if (!last(value)) {
            val changes = Channel<Unit>(Channel.CONFLATED)
            listen { changes.trySend(Unit) }.use {
                var shown = value
                collector.emit(shown)
                while (!last(shown)) {
                    changes.receive()
                    val next = value
                    if (next != shown) {
                        shown = next
                        collector.emit(shown)
                    }
                }
            }
        } else {
            collector.emit(value)
        }
        awaitCancellation()
    }
}
