// SPDX-License-Identifier: Apache-2.0
/** Calls: what a host makes, takes and follows. Everything here is an interface, a record or an enum. */
@NullMarked
package com.techpro.callclient.engine.call;

import org.jspecify.annotations.NullMarked;
