// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

/**
 * Timestamps of a stream whose speech was put into a codec of another RTP clock: from where that began they go on at its pace. Units may wrap.
 *
 * @param from units a second of what comes
 * @param to units a second of what goes on
 * @param begin the timestamp of what came first
 * @param newBegin what it became
 */
record ClockScale(int from, int to, int begin, int newBegin) {
    boolean isBetween(int one, int other) {
        return from == one && to == other;
    }

    int of(int timestamp) {
        return newBegin + (int) ((long) (timestamp - begin) * to / from);
    }
}
