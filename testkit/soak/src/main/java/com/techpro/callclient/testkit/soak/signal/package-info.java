// SPDX-License-Identifier: Apache-2.0
/** Arithmetic on sampled sound. */
@NullMarked
package com.techpro.callclient.testkit.soak.signal;

import org.jspecify.annotations.NullMarked;
