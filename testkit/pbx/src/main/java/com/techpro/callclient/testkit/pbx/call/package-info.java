// SPDX-License-Identifier: Apache-2.0
/** Calls and their legs: bridged between devices, answered by the PBX itself, or ringing for ever. */
@NullMarked
package com.techpro.callclient.testkit.pbx.call;

import org.jspecify.annotations.NullMarked;
