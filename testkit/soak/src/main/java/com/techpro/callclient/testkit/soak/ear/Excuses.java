// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

/** What of a fault was not the line's doing. */
public interface Excuses {
    Excuses NONE = at -> false;

    /**
     * Excuses one step of 5 ms, or does not. It is asked once for each faulty step of speech.
     *
     * @param at the middle of the step, in samples of 16 kHz since the first one heard
     */
    boolean excuse(int at);

    /**
     * Whether sound that nobody said there can have the same cause.
     *
     * @param from in samples of 16 kHz since the first one heard
     * @param to the first sample after it
     */
    default boolean covers(int from, int to) {
        return false;
    }
}
