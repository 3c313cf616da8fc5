// SPDX-License-Identifier: Apache-2.0
/** Injected faults: in signalling, in conference documents, in media. */
@NullMarked
package com.techpro.callclient.testkit.pbx.fault;

import org.jspecify.annotations.NullMarked;
