// SPDX-License-Identifier: Apache-2.0
/** A throw-away certificate authority and what it issues. */
@NullMarked
package com.techpro.callclient.testkit.pbx.tls;

import org.jspecify.annotations.NullMarked;
