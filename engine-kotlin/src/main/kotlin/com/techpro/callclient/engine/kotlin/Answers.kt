// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import java.util.concurrent.CompletionStage
import java.util.function.BiConsumer
import kotlin.coroutines.Continuation
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.suspendCancellableCoroutine

/** Asks the engine and waits for its answer. A coroutine that is cancelled already asks nothing. */
internal suspend fun <T> answerTo(question: () -> CompletionStage<T>): T {
    currentCoroutineContext().ensureActive()
    return question().answer()
}

/**
 * Waits for what the engine says. Cancelling ends the waiting alone: the stage is the engine's, and
 * others may wait for it as well, so it is not cancelled, as `await` of kotlinx.coroutines would
 * do.
 */
internal suspend fun <T> CompletionStage<T>.answer(): T = suspendCancellableCoroutine { waiting ->
    val waiter = Waiter(waiting)
    waiting.invokeOnCancellation { waiter.waiting = null }
    whenComplete(waiter)
}

/**
 * What a stage holds of the coroutine that waits: nothing once that is cancelled, as a stage may
 * stay open for long.
 */
private class Waiter<T>(@Volatile var waiting: Continuation<T>?) : BiConsumer<T, Throwable?> {
    override fun accept(answer: T, failure: Throwable?) {
        val waiting = this.waiting ?: return
        this.waiting = null
        if (failure == null) waiting.resume(answer) else waiting.resumeWithException(failure)
    }
}
