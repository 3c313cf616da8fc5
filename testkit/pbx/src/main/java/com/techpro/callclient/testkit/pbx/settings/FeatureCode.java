// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.settings;

/** What a phone dials to have the phone system do something. A number that means something else keeps its meaning. */
public enum FeatureCode {
    /** With an extension behind it: answers the call that rings there. */
    PICKUP("*8"),
    /**
     * Who is transferred there waits with music at the first free one of the nine numbers after it, which the transferor reads in the Contact of the
     * response that the last NOTIFY tells of; who dials that number goes on with him.
     */
    PARK("700"),
    /** Callers get 486, or the voicemail. */
    DO_NOT_DISTURB("*78"),
    DO_NOT_DISTURB_OFF("*79"),
    /** With a number behind it, as the two others: calls go there at once. */
    FORWARD("*72"),
    FORWARD_OFF("*73"),
    /** Calls that end with 486 go there. */
    FORWARD_BUSY("*90"),
    FORWARD_BUSY_OFF("*91"),
    /** Calls that nobody answers go there, and those while there is no phone. */
    FORWARD_NO_ANSWER("*92"),
    FORWARD_NO_ANSWER_OFF("*93");

    private final String usual;

    FeatureCode(String usual) {
        this.usual = usual;
    }

    /** The code unless the PBX is told another. */
    public String usual() {
        return usual;
    }

    /** Whether a number is to follow. */
    public boolean takesNumber() {
        return this == PICKUP || this == FORWARD || this == FORWARD_BUSY || this == FORWARD_NO_ANSWER;
    }
}
