// SPDX-License-Identifier: Apache-2.0
/** Several voices in one. */
@NullMarked
package com.techpro.callclient.engine.internal.media.mix;

import org.jspecify.annotations.NullMarked;
