// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.routing.Dialling;
import com.techpro.callclient.testkit.pbx.signalling.LoopCalls;
import java.util.List;
import java.util.Map;

/**
 * A phone's call at an {@link EmbeddedPbx}. Its methods do to the phone what a far end does.
 * Callable from any thread except the PBX's own.
 */
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

    /** Asks the phone to call a number (REFER), and sends BYE once it has done so (RFC 5589 §6). */
    public void transfer(String number) {
        refer(
                "<sip:" + number + "@" + domain + ">",
                Map.of("Referred-By", "<" + leg.dialog().localUri() + ">"));
    }

    /**
     * Sends a REFER to the phone.
     *
     * @param referTo the value of the Refer-To header
     * @param headers additional headers
     */
    public void refer(String referTo, Map<String, String> headers) {
        onLoop.run(() -> leg.referral().refer(referTo, headers));
    }

    /**
     * Returns the phone's final status for {@link #refer}, then the statuses of its NOTIFYs. Never
     * waits.
     */
    public List<Integer> referral() {
        return leg.referral().statuses();
    }

    /**
     * Calls the phone with a Replaces header, so that the new call replaces this one (RFC 3891).
     * The phone then hears one of the PBX's own numbers, such as 601.
     */
    public void replace(String number) {
        replace(number, "");
    }

    /** @param parameters appended to the Replaces header, such as {@code ;early-only} */
    public void replace(String number, String parameters) {
        onLoop.run(() -> dialling.replace(leg, number, parameters));
    }
}
