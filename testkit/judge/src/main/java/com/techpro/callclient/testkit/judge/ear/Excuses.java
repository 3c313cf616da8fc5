// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

/** Decides which faults the line did not cause. */
public interface Excuses {
    Excuses NONE = at -> false;

    /**
     * Whether to excuse a step of 5 ms. It is called once for each faulty step of speech.
     *
     * @param at the middle of the step, in samples of 16 kHz since the first one heard
     */
    boolean excuse(int at);

    /**
     * Whether added sound there can have the same cause.
     *
     * @param from in samples of 16 kHz since the first one heard
     * @param to the first sample after it
     */
    default boolean covers(int from, int to) {
        return false;
    }
}
