// SPDX-License-Identifier: Apache-2.0
/** Digest authentication, client and server: RFC 7616 with RFC 8760 and RFC 3261 §22. */
@NullMarked
package com.techpro.callclient.stack.sip.auth;

import org.jspecify.annotations.NullMarked;
