// SPDX-License-Identifier: Apache-2.0
/** The windows of the softphone, in Swing: they draw what {@code phone} says, and hand on what the user does. */
@NullMarked
package com.techpro.callclient.examples.desktop.window;

import org.jspecify.annotations.NullMarked;
