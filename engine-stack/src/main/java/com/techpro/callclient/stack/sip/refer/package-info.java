// SPDX-License-Identifier: Apache-2.0
/** REFER (RFC 3515): asks another party to call somebody. */
@NullMarked
package com.techpro.callclient.stack.sip.refer;

import org.jspecify.annotations.NullMarked;
