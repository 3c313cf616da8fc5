// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.machine;

/**
 * The cost of one second of a call on this machine, in milliseconds of one processor, for both
 * directions. It contains no engine code: a slower engine does not make the machine look slower.
 *
 * @param makeMillis to create speech at the codecs' rates
 * @param protectMillis to encrypt, authenticate and decrypt its packets
 * @param sendMillis to send its packets to a phone system and on, and to receive them at both
 * @param judgeMillis to judge the heard speech
 */
public record SpeechCost(double makeMillis, double protectMillis, double sendMillis, double judgeMillis) {
    public double millis() {
        return makeMillis + protectMillis + sendMillis + judgeMillis;
    }
}
