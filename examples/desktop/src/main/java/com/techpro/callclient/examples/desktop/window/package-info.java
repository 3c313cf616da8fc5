// SPDX-License-Identifier: Apache-2.0
/**
 * The windows of the softphone, in Swing: they draw the engine's snapshots, and give it the user's
 * commands.
 */
@NullMarked
package com.techpro.callclient.examples.desktop.window;

import org.jspecify.annotations.NullMarked;
