// SPDX-License-Identifier: Apache-2.0
/**
 * Keys for SRTP by a DTLS 1.2 handshake between the two ends of a media stream (RFC 5763, RFC
 * 5764), with BouncyCastle.
 */
@NullMarked
package com.techpro.callclient.stack.media.dtls;

import org.jspecify.annotations.NullMarked;
