// SPDX-License-Identifier: Apache-2.0
/** Where devices are (RFC 3261 §10). */
@NullMarked
package com.techpro.callclient.testkit.pbx.registrar;

import org.jspecify.annotations.NullMarked;
