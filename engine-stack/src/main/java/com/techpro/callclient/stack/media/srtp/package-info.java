// SPDX-License-Identifier: Apache-2.0
/** SRTP and SRTCP (RFC 3711, 7714) and their keys in SDP (RFC 4568). */
@NullMarked
package com.techpro.callclient.stack.media.srtp;

import org.jspecify.annotations.NullMarked;
