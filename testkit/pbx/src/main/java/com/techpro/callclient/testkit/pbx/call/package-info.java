// SPDX-License-Identifier: Apache-2.0
/**
 * Calls and their legs: bridged between devices, answered by the PBX itself, or ringing for ever. A {@code Leg} stands on {@code LegContext} and
 * tells the {@code Call} that it belongs to; {@code ActiveCalls} knows all of both, and the kinds of calls stand above that.
 */
@NullMarked
package com.techpro.callclient.testkit.pbx.call;

import org.jspecify.annotations.NullMarked;
