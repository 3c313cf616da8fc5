// SPDX-License-Identifier: Apache-2.0
/** Clock, timers and execution: everything the engine knows about time, and everything it runs on. */
@NullMarked
package com.techpro.callclient.ports.time;

import org.jspecify.annotations.NullMarked;
