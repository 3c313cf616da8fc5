// SPDX-License-Identifier: Apache-2.0
/** The PBX's settings, and the meaning of its numbers. */
@NullMarked
package com.techpro.callclient.testkit.pbx.settings;

import org.jspecify.annotations.NullMarked;
