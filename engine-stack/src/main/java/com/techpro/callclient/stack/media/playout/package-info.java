// SPDX-License-Identifier: Apache-2.0
/** The adaptive jitter buffer. */
@NullMarked
package com.techpro.callclient.stack.media.playout;

import org.jspecify.annotations.NullMarked;
