// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

/**
 * Maps timestamps of a stream that was transcoded to a codec with another RTP clock. They continue
 * at the new pace from where the change began. Timestamps may wrap.
 *
 * @param from the incoming clock rate
 * @param to the outgoing clock rate
 * @param begin the first incoming timestamp
 * @param newBegin the outgoing timestamp for it
 */
record ClockScale(int from, int to, int begin, int newBegin) {
    boolean isBetween(int one, int other) {
        return from == one && to == other;
    }

    int of(int timestamp) {
        return newBegin + (int) ((long) (timestamp - begin) * to / from);
    }
}
