// SPDX-License-Identifier: Apache-2.0
/** Trace, log and report of what the engine does, with nothing personal in them. Hears what happens; decides nothing. */
@NullMarked
package com.techpro.callclient.engine.internal.diagnostics;

import org.jspecify.annotations.NullMarked;
