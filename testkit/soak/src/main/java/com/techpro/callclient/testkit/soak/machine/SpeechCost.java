// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.machine;

/**
 * What a second of a call costs here, in milliseconds of one processor, for both its directions. Nothing of the engine is in it: an engine that got slower
 * makes no machine a worse one.
 *
 * @param makeMillis to make speech, at the rates of the codecs
 * @param protectMillis to encrypt, authenticate and decrypt its packets
 * @param judgeMillis to judge what was heard
 */
public record SpeechCost(double makeMillis, double protectMillis, double judgeMillis) {
    public double millis() {
        return makeMillis + protectMillis + judgeMillis;
    }
}
