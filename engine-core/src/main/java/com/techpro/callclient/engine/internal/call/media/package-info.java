// SPDX-License-Identifier: Apache-2.0
/**
 * The sound of a call: its session with addresses and keys, ICE, devices, and mixing. What it
 * notices is a {@code CallInput}.
 */
@NullMarked
package com.techpro.callclient.engine.internal.call.media;

import org.jspecify.annotations.NullMarked;
