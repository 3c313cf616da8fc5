// SPDX-License-Identifier: Apache-2.0
/** Recorded sound, in the ways that mailboxes keep it, to 16-bit samples. */
@NullMarked
package com.techpro.callclient.engine.internal.voicemail.audio;

import org.jspecify.annotations.NullMarked;
