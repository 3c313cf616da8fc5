// SPDX-License-Identifier: Apache-2.0
/** SIP messages (RFC 3261 §7, §20): immutable values, a bounded parser, and the framing of streams. */
@NullMarked
package com.techpro.callclient.stack.sip.message;

import org.jspecify.annotations.NullMarked;
