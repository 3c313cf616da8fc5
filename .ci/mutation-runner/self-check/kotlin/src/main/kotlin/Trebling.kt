// SPDX-License-Identifier: Apache-2.0
/** Needs what is internal to another file. */
object Trebling {
    @JvmStatic
    fun of(number: Int): Int = FACTOR * number
}
