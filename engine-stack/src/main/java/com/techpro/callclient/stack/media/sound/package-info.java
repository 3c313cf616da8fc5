// SPDX-License-Identifier: Apache-2.0
/**
 * What is done to the microphone's sound before it is coded: echo, noise and level. {@link
 * com.techpro.callclient.stack.media.sound.VoiceProcessor} composes the parts.
 */
@NullMarked
package com.techpro.callclient.stack.media.sound;

import org.jspecify.annotations.NullMarked;
