// SPDX-License-Identifier: Apache-2.0
/** Addresses and streams, shared by all protocols. */
@NullMarked
package com.techpro.callclient.stack.net;

import org.jspecify.annotations.NullMarked;
