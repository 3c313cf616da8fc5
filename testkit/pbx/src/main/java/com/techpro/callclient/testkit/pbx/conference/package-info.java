// SPDX-License-Identifier: Apache-2.0
/** Conference rooms: focus (RFC 4579), mixing, participant notifications (RFC 4575). */
@NullMarked
package com.techpro.callclient.testkit.pbx.conference;

import org.jspecify.annotations.NullMarked;
