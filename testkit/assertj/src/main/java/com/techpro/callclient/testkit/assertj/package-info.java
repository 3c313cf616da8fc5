// SPDX-License-Identifier: Apache-2.0
/** Assertions about the embedded PBX; {@link com.techpro.callclient.testkit.assertj.PbxAssertions} is where to begin. */
@NullMarked
package com.techpro.callclient.testkit.assertj;

import org.jspecify.annotations.NullMarked;
