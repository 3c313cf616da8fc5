// SPDX-License-Identifier: Apache-2.0
/** RTP and RTCP (RFC 3550, 3551, 5761). */
@NullMarked
package com.techpro.callclient.stack.media.rtp;

import org.jspecify.annotations.NullMarked;
