// SPDX-License-Identifier: Apache-2.0
/** Asking somebody to call somebody: RFC 3515. */
@NullMarked
package com.techpro.callclient.engine.internal.sip.refer;

import org.jspecify.annotations.NullMarked;
