// SPDX-License-Identifier: Apache-2.0
/** Signal processing of sampled audio. */
@NullMarked
package com.techpro.callclient.testkit.soak.signal;

import org.jspecify.annotations.NullMarked;
