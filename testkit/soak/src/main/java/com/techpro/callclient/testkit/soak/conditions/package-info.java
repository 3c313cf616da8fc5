// SPDX-License-Identifier: Apache-2.0
/** What each codec sounds like over networks of many kinds: calls in virtual time, judged, as a table. */
@NullMarked
package com.techpro.callclient.testkit.soak.conditions;

import org.jspecify.annotations.NullMarked;
