// SPDX-License-Identifier: Apache-2.0
/**
 * The windows of the softphone, in Swing: they draw the state of {@code phone}, and forward the
 * user's actions.
 */
@NullMarked
package com.techpro.callclient.examples.desktop.window;

import org.jspecify.annotations.NullMarked;
