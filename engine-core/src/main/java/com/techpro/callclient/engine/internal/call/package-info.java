// SPDX-License-Identifier: Apache-2.0
/** Calls: from dialling or ringing to a typed ending. */
@NullMarked
package com.techpro.callclient.engine.internal.call;

import org.jspecify.annotations.NullMarked;
