// SPDX-License-Identifier: Apache-2.0
/** Sockets and name resolution. Encryption is the engine's own business and runs above these. */
@NullMarked
package com.techpro.callclient.ports.net;

import org.jspecify.annotations.NullMarked;
