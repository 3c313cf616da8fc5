// SPDX-License-Identifier: Apache-2.0
/** Busy lamps, the user's published presence, call completion, and do-not-disturb. */
@NullMarked
package com.techpro.callclient.engine.presence;

import org.jspecify.annotations.NullMarked;
