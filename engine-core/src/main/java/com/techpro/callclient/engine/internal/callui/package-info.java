// SPDX-License-Identifier: Apache-2.0
/** Calls on the system's own call screen. */
@NullMarked
package com.techpro.callclient.engine.internal.callui;

import org.jspecify.annotations.NullMarked;
