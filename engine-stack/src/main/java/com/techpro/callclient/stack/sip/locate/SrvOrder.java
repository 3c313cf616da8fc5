// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.locate;

import com.techpro.callclient.ports.net.DnsRecord.Srv;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * Orders the targets of a service (RFC 2782): by priority and, within a priority, randomly by
 * weight.
 */
final class SrvOrder {
    private SrvOrder() {}

    static List<Srv> of(List<Srv> records, Random random) {
        TreeMap<Integer, List<Srv>> byPriority = new TreeMap<>();
        for (Srv record : records) {
            byPriority
                    .computeIfAbsent(record.priority(), priority -> new ArrayList<>())
                    .add(record);
        }
        List<Srv> ordered = new ArrayList<>(records.size());
        for (List<Srv> equals : byPriority.values()) {
            draw(equals, ordered, random);
        }
        return ordered;
    }

    /** Targets of weight 0 come first, so that they have a very small chance instead of none. */
    private static void draw(List<Srv> equals, List<Srv> ordered, Random random) {
        List<Srv> left = new ArrayList<>(equals.size());
        for (Srv record : equals) {
            left.add(record.weight() == 0 ? 0 : left.size(), record);
        }
        while (!left.isEmpty()) {
            int total = 0;
            for (Srv record : left) {
                total += record.weight();
            }
            int drawn = random.nextInt(total + 1);
            int index = 0;
            int sum = left.get(0).weight();
            while (sum < drawn) {
                sum += left.get(++index).weight();
            }
            ordered.add(left.remove(index));
        }
    }
}
