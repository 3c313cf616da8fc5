// SPDX-License-Identifier: Apache-2.0
/** Judges whether the heard sound is the speech. */
@NullMarked
package com.techpro.callclient.testkit.judge.verify;

import org.jspecify.annotations.NullMarked;
