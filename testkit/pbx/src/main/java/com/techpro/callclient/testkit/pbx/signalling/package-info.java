// SPDX-License-Identifier: Apache-2.0
/**
 * The layers that every request passes: transport and transactions with faults, digest
 * authentication, counters.
 */
@NullMarked
package com.techpro.callclient.testkit.pbx.signalling;

import org.jspecify.annotations.NullMarked;
