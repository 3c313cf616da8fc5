// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.cli.bench.ScaleResult;
import com.techpro.callclient.testkit.cli.bench.ScaleResult.Curve;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalePageTest {
    private static final String PAGE = ScalePage.of(
            List.of(
                    new ScaleResult(
                            "calls at once",
                            "calls",
                            List.of(1, 100, 1_000),
                            List.of(new Curve("CPU <each>", "ms", List.of(4.0, 1.25))),
                            "It ends at 1000 calls: too many & too late."),
                    new ScaleResult(
                            "accounts", "accounts", List.of(1), List.of(new Curve("heap", "kB", List.of(7.0))), "")),
            Map.of("processor", "A & B"));

    @Test
    void each_metric_has_a_column_and_with_two_values_a_chart() {
        assertThat(PAGE.split("<svg ", -1)).hasSize(2);
        assertThat(PAGE)
                .contains("<th>calls</th><th>CPU &lt;each&gt;, ms</th>", "<td>100</td><td>1.25</td>", "<td>7.00</td>");
    }

    @Test
    void a_line_ends_where_the_machine_did_and_the_table_says_so() {
        assertThat(PAGE)
                .containsPattern("<polyline class=\"line c1\" points=\"[0-9.]+,[0-9.]+ [0-9.]+,[0-9.]+\"/>")
                .contains(">1,000</text>", "<td>1,000</td><td>not measured</td>", "too many &amp; too late.");
    }

    @Test
    void the_page_needs_nothing_else_and_says_which_machine_it_was() {
        assertThat(PAGE)
                .startsWith("<!doctype html>")
                .endsWith("</html>\n")
                .contains("<td>processor</td><td>A &amp; B</td>")
                .doesNotContain("<script", "src=", "href=", "NaN");
    }
}
