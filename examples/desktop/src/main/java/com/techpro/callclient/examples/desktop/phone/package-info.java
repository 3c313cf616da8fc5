// SPDX-License-Identifier: Apache-2.0
/** What a softphone knows and does, without a window: its parts read the engine's snapshots and say in plain words what a screen shows. */
@NullMarked
package com.techpro.callclient.examples.desktop.phone;

import org.jspecify.annotations.NullMarked;
