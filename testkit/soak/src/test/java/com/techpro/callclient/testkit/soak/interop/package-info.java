// SPDX-License-Identifier: Apache-2.0
/** The engine against programs that others wrote. Runs with {@code -Pinterop}; a missing peer is a failure. */
@NullMarked
package com.techpro.callclient.testkit.soak.interop;

import org.jspecify.annotations.NullMarked;
