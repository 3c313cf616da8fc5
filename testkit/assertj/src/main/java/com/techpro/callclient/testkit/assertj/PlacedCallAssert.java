// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import com.techpro.callclient.testkit.pbx.PlacedCall;
import com.techpro.callclient.testkit.pbx.PlacedCall.State;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the present state of a call from the PBX; {@code call.await…} waits for a state.
 */
public final class PlacedCallAssert extends AbstractAssert<PlacedCallAssert, PlacedCall> {
    PlacedCallAssert(PlacedCall actual) {
        super(actual, PlacedCallAssert.class);
    }

    public PlacedCallAssert isRinging() {
        return is(State.RINGING);
    }

    public PlacedCallAssert isAnswered() {
        return is(State.ANSWERED);
    }

    /** Asserts that it has ended, after an answer or a hang-up before it. */
    public PlacedCallAssert hasEnded() {
        return is(State.ENDED);
    }

    /** Asserts that it was refused with that status. */
    public PlacedCallAssert isRefusedWith(int status) {
        isNotNull();
        if (actual.state() != State.REFUSED || actual.refusal() != status) {
            failWithMessage("%s", "expected a call refused with " + status + ", but it is " + actual);
        }
        return this;
    }

    private PlacedCallAssert is(State state) {
        isNotNull();
        if (actual.state() != state) {
            failWithMessage("%s", "expected a call that is " + state + ", but it is " + actual);
        }
        return this;
    }
}
