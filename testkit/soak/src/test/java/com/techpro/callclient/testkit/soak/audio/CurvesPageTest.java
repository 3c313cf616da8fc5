// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.judge.curves.Curve;
import com.techpro.callclient.testkit.judge.curves.Curve.Point;
import com.techpro.callclient.testkit.judge.curves.CurveMeasurement;
import com.techpro.callclient.testkit.judge.curves.DegradationScale;
import com.techpro.callclient.testkit.judge.curves.TestVoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The short form of {@code ./callclient judge --curves}, with the packaged voice: each row of its table in {@code docs/judge.md} holds, more damage is never judged better,
 * and where packets begin does not decide.
 */
class CurvesPageTest {
    private static final Path PAGE = Path.of("../../docs/judge.md");
    /** Of a score, by how much a worse recording's may be better by chance. */
    private static final double CHANCE = 0.1;

    private static final CurveMeasurement MEASUREMENT =
            new CurveMeasurement(List.of(TestVoice.packaged()), List.of(), 1);

    private static Map<String, Row> rows;
    private static Map<String, Curve> curves;

    /** A row of the table; NaN is none. */
    record Row(double passes, double caught) {}

    @BeforeAll
    static void measure() throws IOException {
        rows = new HashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            String[] cells = line.split(" *\\| *", -1);
            if (cells.length == 6 && cells[4].matches("[0-9.]+|none")) {
                rows.put(cells[1], new Row(level(cells[2]), level(cells[4])));
            }
        }
        curves = new HashMap<>();
        for (DegradationScale scale : Codings.scales()) {
            Row row = rows.get(scale.toString());
            Set<Double> levels = new HashSet<>(Arrays.asList(
                    scale.levels().get(0), scale.levels().get(scale.levels().size() - 1)));
            if (row != null) {
                levels.add(row.passes);
                levels.add(row.caught);
            }
            curves.put(scale.toString(), MEASUREMENT.measure(scale.only(levels)).get(0));
        }
    }

    private static double level(String cell) {
        return cell.equals("none") ? Double.NaN : Double.parseDouble(cell);
    }

    @Test
    void every_degradation_has_its_row() {
        assertThat(rows.keySet())
                .containsExactlyInAnyOrderElementsOf(Codings.scales().stream()
                        .map(DegradationScale::toString)
                        .toList());
    }

    @Test
    void nobody_is_caught_and_all_are_caught_where_the_table_says() {
        rows.forEach((name, row) -> curves.get(name).points().forEach(point -> {
            if (point.level() == row.passes) {
                assertThat(point.caught()).as(name + " " + point).isZero();
            } else if (point.level() == row.caught) {
                assertThat(point.caught()).as(name + " " + point).isOne();
            }
        }));
    }

    @Test
    void more_damage_is_never_judged_better() {
        curves.forEach((name, curve) -> {
            Point before = curve.points().get(0);
            for (Point point : curve.points()) {
                assertThat(point.share()).as(name + " " + point).isGreaterThanOrEqualTo(before.share());
                assertThat(point.score()).as(name + " " + point).isLessThanOrEqualTo(before.score() + CHANCE);
                before = point;
            }
        });
    }

    @Test
    void where_packets_begin_moves_the_level_by_one_step_at_most() {
        DegradationScale even = Codings.scales().get(0).only(Set.of(1.0, 2.0, 3.0, 4.0));
        int earliest = Integer.MAX_VALUE;
        int latest = 0;
        for (int offset : new int[] {0, 57, 100, 160}) {
            Curve curve = MEASUREMENT.curve(even, TestVoice.packaged(), offset);
            int first = 0;
            while (curve.points().get(first).caught() == 0) {
                first++;
            }
            earliest = Math.min(earliest, first);
            latest = Math.max(latest, first);
        }
        assertThat(latest - earliest).isLessThanOrEqualTo(1);
    }
}
