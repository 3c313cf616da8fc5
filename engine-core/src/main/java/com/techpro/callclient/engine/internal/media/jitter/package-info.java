// SPDX-License-Identifier: Apache-2.0
/** The adaptive jitter buffer. */
@NullMarked
package com.techpro.callclient.engine.internal.media.jitter;

import org.jspecify.annotations.NullMarked;
