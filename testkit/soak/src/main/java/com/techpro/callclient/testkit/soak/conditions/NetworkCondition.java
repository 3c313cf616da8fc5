// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.conditions;

import com.techpro.callclient.testkit.contracts.LinkConditions;
import java.time.Duration;
import java.util.List;

/**
 * A kind of network, with a name for a table. Immutable.
 *
 * @param name for people
 * @param link conditions of packets to the phones, which each voice passes once
 */
public record NetworkCondition(String name, LinkConditions link) {
    private static final LinkConditions LAN = LinkConditions.LAN;
    private static final Duration OVERTAKEN = Duration.ofMillis(30);
    private static final Duration QUEUE = Duration.ofMillis(200);

    private static final List<NetworkCondition> USUAL = List.of(
            new NetworkCondition("undisturbed", LAN),
            delay(50),
            delay(150),
            delay(300),
            delay(450),
            jitter(10),
            jitter(20),
            jitter(40),
            jitter(80),
            lost(0.5),
            lost(1),
            lost(2),
            lost(5),
            lost(10),
            new NetworkCondition("2 % lost, jitter of 40 ms", LAN.withLoss(0.02).withJitter(Duration.ofMillis(40))),
            new NetworkCondition("5 % overtaken", LAN.withReordering(0.05, OVERTAKEN)),
            new NetworkCondition("5 % twice", LAN.withDuplicates(0.05)),
            new NetworkCondition("256 kbit/s", LAN.withRate(256_000, QUEUE)),
            new NetworkCondition("128 kbit/s", LAN.withRate(128_000, QUEUE)));

    /**
     * Returns nineteen: undisturbed, four delays, four kinds of jitter, five of loss, both,
     * reordered and duplicated packets, and two narrow links shared by both voices.
     */
    public static List<NetworkCondition> usual() {
        return USUAL;
    }

    private static NetworkCondition delay(int millis) {
        return new NetworkCondition(millis + " ms of delay", LAN.withDelay(Duration.ofMillis(millis)));
    }

    private static NetworkCondition jitter(int millis) {
        return new NetworkCondition("jitter of " + millis + " ms", LAN.withJitter(Duration.ofMillis(millis)));
    }

    private static NetworkCondition lost(double percent) {
        String share = percent == Math.rint(percent) ? Integer.toString((int) percent) : Double.toString(percent);
        return new NetworkCondition(share + " % lost", LAN.withLoss(percent / 100));
    }
}
