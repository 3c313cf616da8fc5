// SPDX-License-Identifier: Apache-2.0
/**
 * Ringtones and call progress tones (ITU-T E.180): the tones of each country, and their samples. No
 * clock, device or thread: the player of a frame asks for its samples.
 */
@NullMarked
package com.techpro.callclient.engine.internal.tone;

import org.jspecify.annotations.NullMarked;
