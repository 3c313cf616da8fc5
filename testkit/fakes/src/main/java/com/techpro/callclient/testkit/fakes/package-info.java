// SPDX-License-Identifier: Apache-2.0
/**
 * The real client in virtual time, at a phone system that a test scripts; start with
 * {@link com.techpro.callclient.testkit.fakes.FakeCallClient}.
 *
 * <p>A {@link com.techpro.callclient.testkit.fakes.FakeAccount} and a
 * {@link com.techpro.callclient.testkit.fakes.FakeCall} say what the phone system and the far end
 * do. They throw {@link java.lang.IllegalStateException} if what they describe cannot happen now.
 */
@NullMarked
package com.techpro.callclient.testkit.fakes;

import org.jspecify.annotations.NullMarked;
