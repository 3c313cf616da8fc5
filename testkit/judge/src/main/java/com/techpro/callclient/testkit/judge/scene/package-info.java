// SPDX-License-Identifier: Apache-2.0
/**
 * Made-up rooms in which a microphone hears a loudspeaker, a talker and noise, and a judge of what a
 * voice processor makes of them. Nothing here shares code with the engine.
 */
@NullMarked
package com.techpro.callclient.testkit.judge.scene;

import org.jspecify.annotations.NullMarked;
