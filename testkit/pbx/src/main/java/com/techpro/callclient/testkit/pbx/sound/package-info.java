// SPDX-License-Identifier: Apache-2.0
/**
 * Audio as samples and files: prompts, WAV, and a GSM 06.10 codec that shares no code with the
 * engine.
 */
@NullMarked
package com.techpro.callclient.testkit.pbx.sound;

import org.jspecify.annotations.NullMarked;
