// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import com.techpro.callclient.testkit.pbx.PlacedCall;
import com.techpro.callclient.testkit.pbx.PlacedCall.State;
import org.assertj.core.api.AbstractAssert;

/** Assertions about how a call of the PBX's stands now; {@code call.await…} waits for it. */
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

    /** It was answered, or hung up before that, and is over. */
    public PlacedCallAssert hasEnded() {
        return is(State.ENDED);
    }

    /** It was refused with that status. */
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
