// SPDX-License-Identifier: Apache-2.0
/** The registrar: where devices can be reached (RFC 3261 §10). */
@NullMarked
package com.techpro.callclient.testkit.pbx.registrar;

import org.jspecify.annotations.NullMarked;
