// SPDX-License-Identifier: Apache-2.0
/**
 * Assertions about the embedded PBX; start with
 * {@link com.techpro.callclient.testkit.assertj.PbxAssertions}.
 */
@NullMarked
package com.techpro.callclient.testkit.assertj;

import org.jspecify.annotations.NullMarked;
