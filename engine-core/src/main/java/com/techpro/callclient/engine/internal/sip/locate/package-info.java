// SPDX-License-Identifier: Apache-2.0
/** Where to send a request: RFC 3263 over the network's resolver. */
@NullMarked
package com.techpro.callclient.engine.internal.sip.locate;

import org.jspecify.annotations.NullMarked;
