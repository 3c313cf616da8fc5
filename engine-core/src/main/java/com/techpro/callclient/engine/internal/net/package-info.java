// SPDX-License-Identifier: Apache-2.0
/** Reading of addresses, for whoever speaks a protocol. */
@NullMarked
package com.techpro.callclient.engine.internal.net;

import org.jspecify.annotations.NullMarked;
