// SPDX-License-Identifier: Apache-2.0
/** Calls: dial, answer and follow them. */
@NullMarked
package com.techpro.callclient.engine.call;

import org.jspecify.annotations.NullMarked;
