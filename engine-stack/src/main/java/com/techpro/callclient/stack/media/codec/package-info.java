// SPDX-License-Identifier: Apache-2.0
/** Speech codecs and the concealment of lost frames. */
@NullMarked
package com.techpro.callclient.stack.media.codec;

import org.jspecify.annotations.NullMarked;
