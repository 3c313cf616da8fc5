// SPDX-License-Identifier: Apache-2.0
/** Drives a call step by step, and judges what was heard. */
@NullMarked
package com.techpro.callclient.testkit.soak.driver;

import org.jspecify.annotations.NullMarked;
