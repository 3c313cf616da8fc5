// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import com.techpro.callclient.engine.CallClient
import java.lang.module.ModuleFinder
import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.lang.reflect.ParameterizedType
import java.lang.reflect.Proxy
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.UnconfinedTestDispatcher
import kotlinx.coroutines.test.runTest
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/**
 * Whatever of the engine's API answers by a stage has a suspending function of its name, with
 * `await` before it, which asks for nothing else.
 */
class EveryStageTest {
    private val stages = exportedTypes()
        .flatMap { it.declaredMethods.toList() }
        .filter { it.returnType == CompletionStage::class.java && Modifier.isAbstract(it.modifiers) }

    @Test
    fun each_stage_of_the_api_can_be_awaited() {
        assertThat(stages).hasSizeGreaterThan(30)
        assertThat(stages.map(::expected).filterNot(suspending()::contains))
            .describedAs("methods of the API that answer by a stage, without a suspending function in engine-kotlin")
            .isEmpty()
    }

    @Test
    fun each_is_asked_with_the_arguments_given_and_cancelling_does_not_cancel_it() = runTest(UnconfinedTestDispatcher()) {
        for (stage in stages) {
            val asked = Asked(stage)
            val arguments = stage.parameterTypes.map(::blank)

            val waiting = launch { asked.wait(arguments) }

            assertThat(asked.method).isEqualTo(stage)
            assertThat(same(asked.arguments, arguments)).describedAs("$stage").isTrue()
            assertThat(waiting.isActive).describedAs("$stage").isTrue()
            waiting.cancel()
            assertThat(asked.answer.isDone).describedAs("$stage").isFalse()
        }
    }

    @Test
    fun each_gives_the_answer() = runTest(UnconfinedTestDispatcher()) {
        for (stage in stages) {
            val asked = Asked(stage)
            val type = (stage.genericReturnType as ParameterizedType).actualTypeArguments.single()
            val answer = blank((type as? ParameterizedType)?.rawType as? Class<*> ?: type as Class<*>)
            val waiting = async { asked.wait(stage.parameterTypes.map(::blank)) }

            asked.answer.complete(answer)

            assertThat(waiting.getCompleted().let { it === answer || type == Void::class.java && it == Unit })
                .describedAs("$stage")
                .isTrue()
        }
    }

    @Test
    fun a_cancelled_coroutine_asks_for_none() = runTest(UnconfinedTestDispatcher()) {
        for (stage in stages) {
            val asked = Asked(stage)

            launch {
                coroutineContext.cancel()
                asked.wait(stage.parameterTypes.map(::blank))
            }

            assertThat(asked.method).isNull()
        }
    }

    /** Has one method that answers, and calls its suspending function. */
    private inner class Asked(private val stage: Method) {
        val answer = CompletableFuture<Any?>()
        var method: Method? = null
        var arguments: List<Any?> = listOf()

        private val receiver =
            Proxy.newProxyInstance(stage.declaringClass.classLoader, arrayOf(stage.declaringClass)) { _, method, arguments ->
                this.method = method
                this.arguments = arguments.orEmpty().toList()
                answer
            }

        suspend fun wait(arguments: List<Any>) = suspendCoroutineUninterceptedOrReturn<Any?> { waiting ->
            try {
                suspending().getValue(expected(stage)).invoke(null, receiver, *arguments.toTypedArray(), waiting)
            } catch (wrapped: InvocationTargetException) {
                throw wrapped.targetException
            }
        }
    }

    private fun expected(stage: Method): String {
        val name = stage.name.removePrefix("when").replaceFirstChar(Char::uppercase)
        return signature("await$name", listOf(stage.declaringClass) + stage.parameterTypes)
    }

    private fun suspending(): Map<String, Method> =
        listOf("CallAnswersKt", "ClientAnswersKt", "UserAnswersKt")
            .flatMap { Class.forName("com.techpro.callclient.engine.kotlin.$it").declaredMethods.toList() }
            .filter { it.parameterTypes.lastOrNull() == Continuation::class.java }
            .associateBy { signature(it.name, it.parameterTypes.dropLast(1)) }

    private fun signature(name: String, parameters: List<Class<*>>) =
        parameters.joinToString(", ", "$name(", ")") { it.simpleName }

    /** The types of the packages that the engine's module exports to everybody. */
    private fun exportedTypes(): List<Class<*>> {
        val place = Path.of(CallClient::class.java.protectionDomain.codeSource.location.toURI())
        val module = ModuleFinder.of(place).findAll().single()
        val exported = module.descriptor().exports().filterNot { it.isQualified }.map { it.source() }.toSet()
        return module.open().use { reader -> reader.list().toList() }
            .filter { it.endsWith(".class") && it.substringBeforeLast('/').replace('/', '.') in exported }
            .filterNot { it.endsWith("-info.class") }
            .map { Class.forName(it.removeSuffix(".class").replace('/', '.'), false, javaClass.classLoader) }
    }
}
