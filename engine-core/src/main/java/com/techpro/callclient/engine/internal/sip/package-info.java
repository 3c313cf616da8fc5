// SPDX-License-Identifier: Apache-2.0
/** The SIP user agent core: accounts, requests with fail-over and authentication, and the policy for what comes in. */
@NullMarked
package com.techpro.callclient.engine.internal.sip;

import org.jspecify.annotations.NullMarked;
