// SPDX-License-Identifier: Apache-2.0
/** Phones, their users and faults in worlds of virtual time, checked by invariants. Each seed is another world. */
@NullMarked
package com.techpro.callclient.testkit.soak.swarm;

import org.jspecify.annotations.NullMarked;
