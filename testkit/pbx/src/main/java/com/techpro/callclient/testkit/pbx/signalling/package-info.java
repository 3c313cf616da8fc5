// SPDX-License-Identifier: Apache-2.0
/** What every request passes: transport and transactions with their faults, digest authentication, the count. */
@NullMarked
package com.techpro.callclient.testkit.pbx.signalling;

import org.jspecify.annotations.NullMarked;
