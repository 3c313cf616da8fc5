// SPDX-License-Identifier: Apache-2.0
/** Judges a recording like a person who knows what was said. */
@NullMarked
package com.techpro.callclient.testkit.judge.ear;

import org.jspecify.annotations.NullMarked;
