// SPDX-License-Identifier: Apache-2.0
/** Signal processing of sampled audio. */
@NullMarked
package com.techpro.callclient.testkit.judge.signal;

import org.jspecify.annotations.NullMarked;
