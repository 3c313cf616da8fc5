// SPDX-License-Identifier: Apache-2.0
/**
 * Media: sockets, SRTP, its negotiation in SDP (RFC 3264, RFC 8866), and the sources and receivers
 * of a call's audio.
 */
@NullMarked
package com.techpro.callclient.testkit.pbx.media;

import org.jspecify.annotations.NullMarked;
