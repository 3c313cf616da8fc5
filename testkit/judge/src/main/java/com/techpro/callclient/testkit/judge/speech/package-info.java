// SPDX-License-Identifier: Apache-2.0
/** The speech of the calls, and their headless microphones and speakers. */
@NullMarked
package com.techpro.callclient.testkit.judge.speech;

import org.jspecify.annotations.NullMarked;
