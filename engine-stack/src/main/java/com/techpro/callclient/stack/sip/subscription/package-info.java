// SPDX-License-Identifier: Apache-2.0
/** Event subscriptions, the subscriber's side: RFC 6665. */
@NullMarked
package com.techpro.callclient.stack.sip.subscription;

import org.jspecify.annotations.NullMarked;
