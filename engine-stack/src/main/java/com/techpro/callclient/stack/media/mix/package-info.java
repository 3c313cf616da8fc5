// SPDX-License-Identifier: Apache-2.0
/** Mixing of several voices. */
@NullMarked
package com.techpro.callclient.stack.media.mix;

import org.jspecify.annotations.NullMarked;
