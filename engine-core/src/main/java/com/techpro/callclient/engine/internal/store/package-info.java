// SPDX-License-Identifier: Apache-2.0
/** The way from the loop to the host's {@code SecureStorePort} and back. */
@NullMarked
package com.techpro.callclient.engine.internal.store;

import org.jspecify.annotations.NullMarked;
