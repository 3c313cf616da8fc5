// SPDX-License-Identifier: Apache-2.0
/** Text messages of an account: RFC 3428, RFC 3862, RFC 5438. */
@NullMarked
package com.techpro.callclient.engine.internal.message;

import org.jspecify.annotations.NullMarked;
