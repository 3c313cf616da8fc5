// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Describes the machine, without anything that tells one from another of the same kind. */
final class MachineDescription {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private MachineDescription() {}

    static Map<String, String> ofThis() {
        return of(PROCESSORS, Runtime.getRuntime().availableProcessors());
    }

    static Map<String, String> of(Path cpuinfo, int processors) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("processor", model(cpuinfo));
        said.put("processors", Integer.toString(processors));
        said.put("Java", Runtime.version().toString());
        said.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return said;
    }

    /** Returns Linux's word for it, which not every architecture has, or the architecture. */
    private static String model(Path cpuinfo) {
        try {
            for (String line : Files.readAllLines(cpuinfo, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(MODEL)) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException e) {
            // Not Linux.
        }
        return System.getProperty("os.arch");
    }
}
