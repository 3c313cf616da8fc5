// SPDX-License-Identifier: Apache-2.0
/** Mixing of several voices. */
@NullMarked
package com.techpro.callclient.engine.internal.media.mix;

import org.jspecify.annotations.NullMarked;
