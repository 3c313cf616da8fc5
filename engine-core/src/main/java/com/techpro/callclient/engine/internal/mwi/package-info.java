// SPDX-License-Identifier: Apache-2.0
/** Messages waiting: RFC 3842. */
@NullMarked
package com.techpro.callclient.engine.internal.mwi;

import org.jspecify.annotations.NullMarked;
