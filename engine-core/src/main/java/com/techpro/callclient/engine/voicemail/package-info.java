// SPDX-License-Identifier: Apache-2.0
/** Voicemail messages, and their playback. */
@NullMarked
package com.techpro.callclient.engine.voicemail;

import org.jspecify.annotations.NullMarked;
