// SPDX-License-Identifier: Apache-2.0
/**
 * Registers accounts: REGISTER, its refreshes, and the reaction to failures (RFC 3261 §10, RFC
 * 5626).
 */
@NullMarked
package com.techpro.callclient.engine.internal.account;

import org.jspecify.annotations.NullMarked;
