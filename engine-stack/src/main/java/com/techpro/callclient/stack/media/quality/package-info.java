// SPDX-License-Identifier: Apache-2.0
/** Estimates of call quality. */
@NullMarked
package com.techpro.callclient.stack.media.quality;

import org.jspecify.annotations.NullMarked;
