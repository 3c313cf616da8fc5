// SPDX-License-Identifier: Apache-2.0
/** Clocks, timers and the threads that the engine runs on. */
@NullMarked
package com.techpro.callclient.ports.time;

import org.jspecify.annotations.NullMarked;
