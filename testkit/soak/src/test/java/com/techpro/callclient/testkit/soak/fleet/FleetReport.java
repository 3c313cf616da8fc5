// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.fleet;

import com.techpro.callclient.testkit.soak.report.Chart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the fleets did: a table and a curve each, in {@code target/fleet}; docs/performance.md has the table. */
final class FleetReport {
    private static final Path FOLDER = Path.of("target", "fleet");
    private static final String STYLE = "<style>text{font:11px sans-serif;fill:#555}.grid{stroke:#ccc}"
            + ".line{fill:none;stroke-width:2}.c1{stroke:#1565c0}</style>";

    private final int phones;
    private final StringBuilder table = new StringBuilder();

    FleetReport(int phones, int rate) {
        this.phones = phones;
        table.append(phones + " phones, " + rate + " requests a second and registrar\n\n");
        table.append(
                "| what happened | 50 % registered after | 99 % | 100 % | requests a phone | the most of one phone |\n");
        table.append("|---|---|---|---|---|---|\n");
    }

    void add(String what, int[] curve, IntSummaryStatistics requests) {
        String row = String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.1f | %d |%n",
                what,
                after(curve, 0.5),
                after(curve, 0.99),
                after(curve, 1),
                requests.getAverage(),
                requests.getMax());
        table.append(row);
        System.out.print(row);
        Chart chart = new Chart(
                        IntStream.range(0, curve.length).asDoubleStream().toArray(), phones)
                .line("registered", Arrays.stream(curve).asDoubleStream().toArray());
        String svg = chart.svg(what + ": phones registered over time");
        write(what.replaceAll("[^a-z0-9]+", "-") + ".svg", svg.replaceFirst(">", ">" + STYLE));
    }

    void write() {
        write("fleet.md", table.toString());
    }

    private String after(int[] curve, double part) {
        for (int i = 0; i < curve.length; i++) {
            if (curve[i] >= part * phones) {
                return i + " s";
            }
        }
        return "never";
    }

    private static void write(String name, String text) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
