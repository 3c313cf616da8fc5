// SPDX-License-Identifier: Apache-2.0
/**
 * Calls and their legs: bridged between devices, answered by the PBX itself, or ringing for ever. A
 * {@code Leg} uses {@code LegContext} and reports to its {@code CallControl}. {@code ActiveCalls} holds
 * all of both; the kinds of calls build on it.
 */
@NullMarked
package com.techpro.callclient.testkit.pbx.call;

import org.jspecify.annotations.NullMarked;
