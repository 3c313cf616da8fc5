// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.settings;

/**
 * A code that phones dial to use a feature of the phone system. A number with another meaning keeps
 * it.
 */
public enum FeatureCode {
    /** Followed by an extension: answers the call that rings there. */
    PICKUP("*8"),
    /**
     * A device transferred here is parked with music on hold at the first free of the nine
     * following numbers. The transferor reads that number in the Contact of the response in the
     * last NOTIFY. A caller of that number retrieves the device.
     */
    PARK("700"),
    /** Callers get 486, or the voicemail. */
    DO_NOT_DISTURB("*78"),
    DO_NOT_DISTURB_OFF("*79"),
    /** Followed by a number, as the next two: forwards all calls there at once. */
    FORWARD("*72"),
    FORWARD_OFF("*73"),
    /** Forwards calls that end with 486. */
    FORWARD_BUSY("*90"),
    FORWARD_BUSY_OFF("*91"),
    /** Forwards calls that nobody answers, and calls while no phone is registered. */
    FORWARD_NO_ANSWER("*92"),
    FORWARD_NO_ANSWER_OFF("*93");

    private final String usual;

    FeatureCode(String usual) {
        this.usual = usual;
    }

    /** Returns the default code. */
    public String usual() {
        return usual;
    }

    /** Whether a number follows. */
    public boolean takesNumber() {
        return this == PICKUP || this == FORWARD || this == FORWARD_BUSY || this == FORWARD_NO_ANSWER;
    }
}
