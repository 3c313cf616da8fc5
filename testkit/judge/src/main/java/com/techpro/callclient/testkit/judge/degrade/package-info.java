// SPDX-License-Identifier: Apache-2.0
/**
 * Degrades recordings as networks, gateways, codecs and rooms do, to prove what a judge of speech
 * notices and what it accepts.
 */
@NullMarked
package com.techpro.callclient.testkit.judge.degrade;

import org.jspecify.annotations.NullMarked;
