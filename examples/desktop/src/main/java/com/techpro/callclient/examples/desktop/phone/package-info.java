// SPDX-License-Identifier: Apache-2.0
/**
 * The state and actions of a softphone without windows: it reads the engine's snapshots and returns
 * texts for screens.
 */
@NullMarked
package com.techpro.callclient.examples.desktop.phone;

import org.jspecify.annotations.NullMarked;
