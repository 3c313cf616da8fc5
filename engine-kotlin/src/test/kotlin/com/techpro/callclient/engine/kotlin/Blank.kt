// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.kotlin

import java.lang.reflect.Array as Arrays
import java.lang.reflect.Proxy

private val unsafe = Class.forName("sun.misc.Unsafe")
private val allocator = unsafe.getDeclaredField("theUnsafe").apply { isAccessible = true }.get(null)
private val allocate = unsafe.getMethod("allocateInstance", Class::class.java)

/** One more object of the type, for a test that sees it handed on; nothing can be asked of it. */
internal fun blank(type: Class<*>): Any = when {
    type.kotlin == Boolean::class -> true
    type.kotlin == Int::class -> 7
    type == String::class.java -> String(charArrayOf('?'))
    type.isArray -> Arrays.newInstance(type.componentType, 1).also { Arrays.set(it, 0, blank(type.componentType)) }
    type.isEnum -> type.enumConstants.first()
    type.isSealed -> blank(type.permittedSubclasses.first())
    type.isInterface -> Proxy.newProxyInstance(type.classLoader ?: Thread.currentThread().contextClassLoader, arrayOf(type)) {
            _, method, _ -> throw UnsupportedOperationException(method.name)
    }
    else -> allocate.invoke(allocator, type)
}

/** Whether the objects are the same, one by one, with those of arrays in place of the arrays. */
internal fun same(some: List<Any?>, others: List<Any?>): Boolean {
    val flat = listOf(some, others).map { list -> list.flatMap { (it as? Array<*>)?.toList() ?: listOf(it) } }
    return flat[0].size == flat[1].size && flat[0].zip(flat[1]).all { (one, other) -> if (other is Boolean || other is Int) one == other else one === other }
}
