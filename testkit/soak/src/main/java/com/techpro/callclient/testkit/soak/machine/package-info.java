// SPDX-License-Identifier: Apache-2.0
/** What this machine can carry, measured before a run, and what may not be held against a program if it could not. */
@NullMarked
package com.techpro.callclient.testkit.soak.machine;

import org.jspecify.annotations.NullMarked;
