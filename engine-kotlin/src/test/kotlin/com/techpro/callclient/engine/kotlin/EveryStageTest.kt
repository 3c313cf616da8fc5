// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import com.techpro.callclient.engine.CallClient
import java.lang.module.ModuleFinder
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.nio.file.Path
import java.util.concurrent.CompletionStage
import kotlin.coroutines.Continuation
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/**
 * Whatever of the engine's API answers by a stage has a suspending function of its name, with
 * `await` before it.
 */
class EveryStageTest {
    @Test
    fun each_stage_of_the_api_can_be_awaited() {
        val stages = exportedTypes()
            .flatMap { it.declaredMethods.toList() }
            .filter { it.returnType == CompletionStage::class.java && Modifier.isAbstract(it.modifiers) }

        assertThat(stages).hasSizeGreaterThan(30)
        assertThat(stages.map(::expected).filterNot(suspending()::contains))
            .describedAs("methods of the API that answer by a stage, without a suspending function in engine-kotlin")
            .isEmpty()
    }

    private fun expected(stage: Method): String {
        val name = stage.name.removePrefix("when").replaceFirstChar(Char::uppercase)
        return signature("await$name", listOf(stage.declaringClass) + stage.parameterTypes)
    }

    private fun suspending(): Set<String> =
        listOf("CallAnswersKt", "ClientAnswersKt", "UserAnswersKt")
            .flatMap { Class.forName("com.techpro.callclient.engine.kotlin.$it").declaredMethods.toList() }
            .filter { it.parameterTypes.lastOrNull() == Continuation::class.java }
            .map { signature(it.name, it.parameterTypes.dropLast(1)) }
            .toSet()

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
