// SPDX-License-Identifier: Apache-2.0
/** Locates SIP servers (RFC 3263) with the network's resolver. */
@NullMarked
package com.techpro.callclient.stack.sip.locate;

import org.jspecify.annotations.NullMarked;
