// SPDX-License-Identifier: Apache-2.0
/**
 * The soak itself: many extensions that register, call each other, talk, hold, press keys and hang
 * up, over and over.
 */
@NullMarked
package com.techpro.callclient.testkit.soak.run;

import org.jspecify.annotations.NullMarked;
