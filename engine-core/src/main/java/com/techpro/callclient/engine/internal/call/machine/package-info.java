// SPDX-License-Identifier: Apache-2.0
/**
 * A call as a pure machine: what comes in, what it then is, and what it does. Also the trace of
 * both, and the rules of commands.
 */
@NullMarked
package com.techpro.callclient.engine.internal.call.machine;

import org.jspecify.annotations.NullMarked;
