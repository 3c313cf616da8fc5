// SPDX-License-Identifier: Apache-2.0
/** Gates of a run, and checks that all resources have been released. */
@NullMarked
package com.techpro.callclient.testkit.soak.gate;

import org.jspecify.annotations.NullMarked;
