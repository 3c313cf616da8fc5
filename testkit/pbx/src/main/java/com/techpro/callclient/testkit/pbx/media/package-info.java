// SPDX-License-Identifier: Apache-2.0
/** Media: sockets, SRTP, the descriptions that agree on it (RFC 3264, RFC 8866), and what speaks and listens in a call. */
@NullMarked
package com.techpro.callclient.testkit.pbx.media;

import org.jspecify.annotations.NullMarked;
