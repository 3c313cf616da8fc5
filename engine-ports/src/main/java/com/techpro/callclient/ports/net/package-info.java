// SPDX-License-Identifier: Apache-2.0
/** Sockets and name resolution. The engine does its own encryption on top of them. */
@NullMarked
package com.techpro.callclient.ports.net;

import org.jspecify.annotations.NullMarked;
