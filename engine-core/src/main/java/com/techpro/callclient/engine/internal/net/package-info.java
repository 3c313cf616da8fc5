// SPDX-License-Identifier: Apache-2.0
/** Addresses and streams, shared by all protocols. */
@NullMarked
package com.techpro.callclient.engine.internal.net;

import org.jspecify.annotations.NullMarked;
