// SPDX-License-Identifier: Apache-2.0
/**
 * The transaction layer of RFC 3261 §17 with RFC 6026: four state machines, and the tables that
 * find them.
 */
@NullMarked
package com.techpro.callclient.stack.sip.transaction;

import org.jspecify.annotations.NullMarked;
