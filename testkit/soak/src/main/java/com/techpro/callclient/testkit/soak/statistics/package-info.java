// SPDX-License-Identifier: Apache-2.0
/** Counts what the calls of a run brought, and checks the limits of its gates. */
@NullMarked
package com.techpro.callclient.testkit.soak.statistics;

import org.jspecify.annotations.NullMarked;
