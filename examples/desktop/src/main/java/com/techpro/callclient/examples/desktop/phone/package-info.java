// SPDX-License-Identifier: Apache-2.0
/**
 * What a softphone has without windows: the client, the call that is shown, the lock, and texts for
 * the engine's snapshots.
 */
@NullMarked
package com.techpro.callclient.examples.desktop.phone;

import org.jspecify.annotations.NullMarked;
