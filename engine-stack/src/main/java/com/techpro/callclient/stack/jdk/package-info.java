// SPDX-License-Identifier: Apache-2.0
/**
 * The default {@code Schedulers} and {@code Network}: the JDK's threads, clocks, sockets and resolver.
 *
 * <p>Buffers are flipped and cleared as {@code (Buffer)}: the narrower return types of JDK 9 are missing in Android's API 26.
 */
@NullMarked
package com.techpro.callclient.stack.jdk;

import org.jspecify.annotations.NullMarked;
