// SPDX-License-Identifier: Apache-2.0
/**
 * The ring and the tones of call progress (ITU-T E.180): which there are in a country, and how their samples are made. No clock, no device and
 * no thread: whoever plays a frame asks for it.
 */
@NullMarked
package com.techpro.callclient.engine.internal.tone;

import org.jspecify.annotations.NullMarked;
