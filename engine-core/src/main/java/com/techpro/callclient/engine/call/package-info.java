// SPDX-License-Identifier: Apache-2.0
/** Calls: dial, answer and follow them. Everything here is an interface, a record or an enum. */
@NullMarked
package com.techpro.callclient.engine.call;

import org.jspecify.annotations.NullMarked;
