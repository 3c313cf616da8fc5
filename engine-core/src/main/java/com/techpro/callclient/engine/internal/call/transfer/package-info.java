// SPDX-License-Identifier: Apache-2.0
/** Transfers, of both sides. */
@NullMarked
package com.techpro.callclient.engine.internal.call.transfer;

import org.jspecify.annotations.NullMarked;
