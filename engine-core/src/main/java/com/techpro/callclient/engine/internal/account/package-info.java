// SPDX-License-Identifier: Apache-2.0
/** Keeping an account reachable: REGISTER, its refreshes, and what to do when it fails (RFC 3261 §10, RFC 5626). */
@NullMarked
package com.techpro.callclient.engine.internal.account;

import org.jspecify.annotations.NullMarked;
