// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.routing.Dialling;
import com.techpro.callclient.testkit.pbx.signalling.LoopCalls;
import java.util.List;
import java.util.Map;

/** A phone's call at an {@link EmbeddedPbx}, in which the PBX does to the phone what other phones do. From any thread but the PBX's own. */
public final class PbxCall {
    private final Leg leg;
    private final Dialling dialling;
    private final String domain;
    private final LoopCalls onLoop;

    PbxCall(Leg leg, Dialling dialling, String domain, LoopCalls onLoop) {
        this.leg = leg;
        this.dialling = dialling;
        this.domain = domain;
        this.onLoop = onLoop;
    }

    /** Asks the phone to call a number, and says goodbye when it has (RFC 5589 §6). */
    public void transfer(String number) {
        refer(
                "<sip:" + number + "@" + domain + ">",
                Map.of("Referred-By", "<" + leg.dialog().localUri() + ">"));
    }

    /**
     * Sends a REFER to the phone.
     *
     * @param referTo the value of the header Refer-To
     * @param headers others
     */
    public void refer(String referTo, Map<String, String> headers) {
        onLoop.run(() -> leg.refer(referTo, headers));
    }

    /** How the phone answered {@link #refer}, then what it told of it in NOTIFYs: statuses. Never waits. */
    public List<Integer> referral() {
        return leg.referral();
    }

    /** Calls the phone in place of its far end (RFC 3891); it hears what is at that number of the PBX's own, as 601, and leaves this call. */
    public void replace(String number) {
        replace(number, "");
    }

    /** @param parameters after the value of the header Replaces, such as {@code ;early-only} */
    public void replace(String number, String parameters) {
        onLoop.run(() -> dialling.replace(leg, number, parameters));
    }
}
