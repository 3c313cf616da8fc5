// SPDX-License-Identifier: Apache-2.0
/**
 * Fakes of a client, its accounts and its calls, in memory; start with
 * {@link com.techpro.callclient.testkit.fakes.FakeCallClient}.
 *
 * <p>Each fake implements an interface of the engine for the app, and has further methods for the
 * test: what the far end or the phone system does. The app's methods behave as the interface says.
 * The methods for the test may be called from any thread, and throw
 * {@link java.lang.IllegalStateException} if what they describe cannot happen now.
 */
@NullMarked
package com.techpro.callclient.testkit.fakes;

import org.jspecify.annotations.NullMarked;
