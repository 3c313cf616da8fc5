// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.nio.file.Files
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/**
 * What this module offers is what `docs/api/engine-kotlin.txt` says, as Java sees it: an app is
 * linked against that. With `-Dcallclient.api.write=true` the file is written anew.
 */
class KotlinApiTest {
    private val file = Path.of("../docs/api/engine-kotlin.txt")

    @Test
    fun the_exported_api_matches_its_file() {
        val now = publicTypes().flatMap(::describe)
        if (java.lang.Boolean.getBoolean("callclient.api.write")) {
            Files.write(file, now)
        }

        assertThat(now).hasSizeGreaterThan(100)
        assertThat(now)
            .describedAs("write it anew, and a line in CHANGELOG.md: mvn test -pl engine-kotlin -am -Dtest=KotlinApiTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dcallclient.api.write=true")
            .isEqualTo(Files.readAllLines(file))
    }

    private fun publicTypes(): List<Class<*>> {
        val classes = Path.of(ClientEvent::class.java.protectionDomain.codeSource.location.toURI())
        return Files.walk(classes).use { it.toList() }
            .map { classes.relativize(it).toString() }
            .filter { it.endsWith(".class") }
            .sorted()
            .map { Class.forName(it.removeSuffix(".class").replace('/', '.').replace('\\', '.')) }
            // Of the module's own: all of its functions are internal.
            .filter { Modifier.isPublic(it.modifiers) && it.simpleName != "AnswersKt" }
    }

    private fun describe(type: Class<*>): List<String> {
        val methods = type.declaredMethods
            .filter { Modifier.isPublic(it.modifiers) && it.name !in setOf("equals", "hashCode", "toString") }
            .filterNot { it.isSynthetic && !it.name.endsWith("\$default") }
            .map { "    " + describe(it) }
            .sorted()
        val constants = type.declaredFields
            .filter { Modifier.isPublic(it.modifiers) }
            .map { "    ${it.type.simpleName} ${it.name} = ${it.get(null)}" }
        return listOf(type.name.removePrefix("com.techpro.callclient.")) + constants + methods
    }

    private fun describe(method: Method) =
        method.genericReturnType.typeName.replace("com.techpro.callclient.", "") +
            method.parameterTypes.joinToString(", ", " ${method.name}(", ")") {
                it.typeName.replace("com.techpro.callclient.", "")
            }
}
