// SPDX-License-Identifier: Apache-2.0
/** The one loop that owns signalling and domain state. */
@NullMarked
package com.techpro.callclient.stack.loop;

import org.jspecify.annotations.NullMarked;
