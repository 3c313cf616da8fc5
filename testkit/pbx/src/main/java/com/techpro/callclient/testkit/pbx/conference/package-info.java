// SPDX-License-Identifier: Apache-2.0
/** Conference rooms: focus (RFC 4579), mixing, who is there (RFC 4575). */
@NullMarked
package com.techpro.callclient.testkit.pbx.conference;

import org.jspecify.annotations.NullMarked;
