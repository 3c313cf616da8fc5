// SPDX-License-Identifier: Apache-2.0
/** Connects the loop to the host's {@code SecureStorePort}. */
@NullMarked
package com.techpro.callclient.engine.internal.store;

import org.jspecify.annotations.NullMarked;
