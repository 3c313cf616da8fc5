// SPDX-License-Identifier: Apache-2.0
/** The calls of the PBX as who looks at it from outside sees them. */
@NullMarked
package com.techpro.callclient.testkit.pbx.live;

import org.jspecify.annotations.NullMarked;
