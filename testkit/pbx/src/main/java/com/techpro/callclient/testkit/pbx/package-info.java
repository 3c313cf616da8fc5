// SPDX-License-Identifier: Apache-2.0
/** A small real PBX in one JVM. */
@NullMarked
package com.techpro.callclient.testkit.pbx;

import org.jspecify.annotations.NullMarked;
