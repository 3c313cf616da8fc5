// SPDX-License-Identifier: Apache-2.0
/** How a call sounds, in figures. */
@NullMarked
package com.techpro.callclient.engine.internal.media.quality;

import org.jspecify.annotations.NullMarked;
