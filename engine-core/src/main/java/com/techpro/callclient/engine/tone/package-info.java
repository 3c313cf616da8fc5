// SPDX-License-Identifier: Apache-2.0
/** What the user hears of calls beside the other side: the ring, and the tones of call progress. */
@NullMarked
package com.techpro.callclient.engine.tone;

import org.jspecify.annotations.NullMarked;
