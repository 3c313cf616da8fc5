// SPDX-License-Identifier: Apache-2.0
/** The quality of each codec over various networks: judged calls in virtual time, as a table. */
@NullMarked
package com.techpro.callclient.testkit.soak.conditions;

import org.jspecify.annotations.NullMarked;
