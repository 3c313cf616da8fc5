// SPDX-License-Identifier: Apache-2.0
/** Who called whom: recorded, bounded, encrypted at rest, and one with the phone system's own call log (promises C5, C7, S7, S8). */
@NullMarked
package com.techpro.callclient.engine.internal.history;

import org.jspecify.annotations.NullMarked;
