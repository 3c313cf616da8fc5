// SPDX-License-Identifier: Apache-2.0
/** A throw-away certificate authority and its certificates. */
@NullMarked
package com.techpro.callclient.testkit.pbx.tls;

import org.jspecify.annotations.NullMarked;
