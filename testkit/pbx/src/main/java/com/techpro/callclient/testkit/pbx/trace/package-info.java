// SPDX-License-Identifier: Apache-2.0
/** Messages of a test in order: as a ladder diagram, and as a capture for Wireshark. */
@NullMarked
package com.techpro.callclient.testkit.pbx.trace;

import org.jspecify.annotations.NullMarked;
