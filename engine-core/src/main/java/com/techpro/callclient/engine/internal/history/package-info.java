// SPDX-License-Identifier: Apache-2.0
/**
 * The call history: recorded, limited, encrypted at rest, and merged with the phone system's call
 * log (promises C5, C7, S7, S8).
 */
@NullMarked
package com.techpro.callclient.engine.internal.history;

import org.jspecify.annotations.NullMarked;
