// SPDX-License-Identifier: Apache-2.0
/** RTCP extended reports (RFC 3611). */
@NullMarked
package com.techpro.callclient.stack.media.rtp.xr;

import org.jspecify.annotations.NullMarked;
