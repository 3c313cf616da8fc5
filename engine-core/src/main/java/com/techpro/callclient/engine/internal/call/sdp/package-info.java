// SPDX-License-Identifier: Apache-2.0
/** Session descriptions (RFC 8866) and how two of them become an agreement (RFC 3264, RFC 4568, RFC 5761). */
@NullMarked
package com.techpro.callclient.engine.internal.call.sdp;

import org.jspecify.annotations.NullMarked;
