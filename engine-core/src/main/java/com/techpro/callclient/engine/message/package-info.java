// SPDX-License-Identifier: Apache-2.0
/** Text messages (RFC 3428) and their receipts (RFC 5438). */
@NullMarked
package com.techpro.callclient.engine.message;

import org.jspecify.annotations.NullMarked;
