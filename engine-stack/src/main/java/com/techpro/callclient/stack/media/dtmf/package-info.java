// SPDX-License-Identifier: Apache-2.0
/** Telephone events in RTP (RFC 4733). */
@NullMarked
package com.techpro.callclient.stack.media.dtmf;

import org.jspecify.annotations.NullMarked;
