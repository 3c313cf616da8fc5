// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Counts the bytes of all live objects. The heap in use, which a collector counts in pages of
 * megabytes, says nothing of ten accounts.
 */
final class LiveHeap {
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
    private static final String HISTOGRAM = "gcClassHistogram";
    private static final String TOTAL = "Total";

    private final ProcessProbe probe;

    LiveHeap(ProcessProbe probe) {
        this.probe = probe;
    }

    /** Collects and counts; where the JVM does not count objects, it is the heap in use. */
    long bytes() {
        try {
            Object histogram = ManagementFactory.getPlatformMBeanServer()
                    .invoke(new ObjectName(COMMANDS), HISTOGRAM, new Object[] {new String[0]}, new String[] {
                        String[].class.getName()
                    });
            return total(String.valueOf(histogram));
        } catch (JMException | IllegalArgumentException e) {
            return probe.heapHeld();
        }
    }

    /** The last line has the number of objects and their bytes. */
    static long total(String histogram) {
        String text = histogram.strip();
        String[] words = text.substring(text.lastIndexOf('\n') + 1).strip().split("\\s+");
        if (words.length < 3 || !words[0].equals(TOTAL)) {
            throw new IllegalArgumentException("no total");
        }
        return Long.parseLong(words[2]);
    }
}
