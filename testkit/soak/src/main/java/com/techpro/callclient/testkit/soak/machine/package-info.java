// SPDX-License-Identifier: Apache-2.0
/**
 * Measures before a run what this machine can carry, and decides what is excused if it could not.
 */
@NullMarked
package com.techpro.callclient.testkit.soak.machine;

import org.jspecify.annotations.NullMarked;
