// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.Parking;
import java.time.Duration;

/** The actions of a {@link FeatureCall}'s users, by feature. */
final class FeatureScripts {
    /**
     * The parked user hears music until the phone system has agreed on sound with both. One that
     * forgets DTLS keys at each answer, and names candidates at which nobody is, has new keys after
     * a second and a half (docs/decisions/0011).
     */
    private static final Duration FETCHED = Duration.ofSeconds(2);

    private FeatureScripts() {}

    static void follow(CallFeature feature, FeatureCall call) throws StepFailedException {
        switch (feature) {
            case BLIND_TRANSFER -> blindTransfer(call);
            case ATTENDED_TRANSFER -> attendedTransfer(call);
            case PICKUP -> pickUp(call);
            case PARK -> park(call);
            case FORWARDED_TWICE -> forwardTwice(call);
            case LAMPS, TEXTS -> throw new IllegalArgumentException(feature + " is nothing of a call");
        }
    }

    /** The caller talks with the callee, and connects the callee with the third. */
    private static void blindTransfer(FeatureCall call) throws StepFailedException {
        call.connect();
        call.driver.transfer(call.caller, call.third.number());
        call.answer("transferring", call.third);
        call.awaitTransferred(call.caller);
        call.talkAfterJoining();
    }

    /** As above, but the caller first asks the third. */
    private static void attendedTransfer(FeatureCall call) throws StepFailedException {
        call.connect();
        call.driver.hold(call.caller, null, HoldState.REMOTE);
        call.consult();
        call.driver.transferTo(call.caller, call.consulting);
        call.awaitTransferred(call.caller, call.consulting);
        call.talkAfterJoining();
    }

    /** The third sees that it rings at the callee, and answers there. */
    private static void pickUp(FeatureCall call) throws StepFailedException {
        call.mayRing(call.callee);
        call.watch();
        call.driver.dial(call.caller, call.callee.number());
        call.pickUp();
        call.talk(call.caller, call.third);
    }

    /** The caller parks the callee, and the third fetches them. */
    private static void park(FeatureCall call) throws StepFailedException {
        Parking parking = call.parking();
        call.connect();
        call.driver.transfer(call.caller, parking.number());
        call.awaitTransferred(call.caller);
        call.driver.dial(call.third, call.slotOfCallee(parking));
        call.driver.awaitTalking("fetching", call.third);
        call.talkAfter("fetching", FETCHED);
    }

    /** It rings at the callee, who sends the caller to the third, who sends them to the fourth. */
    private static void forwardTwice(FeatureCall call) throws StepFailedException {
        call.mayRing(call.callee);
        call.driver.dial(call.caller, call.callee.number());
        call.forward(call.callee, call.third);
        call.forward(call.third, call.fourth());
        call.answer("dialling", call.fourth());
        call.connected(call.caller, call.fourth());
        call.talk(call.caller, call.fourth());
    }
}
