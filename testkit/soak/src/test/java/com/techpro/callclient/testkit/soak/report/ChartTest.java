// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {
    @Test
    void places_are_at_equal_distances_and_named() {
        String svg = new Chart(List.of("1", "10", "<100>"), 8)
                .line("CPU", new double[] {8, 4, 0})
                .svg("cost");

        assertThat(svg)
                .contains("points=\"52.0,28.0 340.0,100.0 628.0,172.0\"")
                .contains("x=\"52.0\" y=\"192\">1</text>")
                .contains("x=\"340.0\" y=\"192\">10</text>")
                .contains("text-anchor=\"end\" x=\"628.0\" y=\"192\">&lt;100&gt;</text>")
                .doesNotContain(" s</text>");
    }

    @Test
    void seconds_are_in_proportion_to_time() {
        String svg = new Chart(new double[] {0, 1, 4}, 8)
                .line("calls", new double[] {0, 8, 8})
                .svg("load");

        assertThat(svg).contains("points=\"52.0,172.0 196.0,28.0 628.0,28.0\"", ">4 s</text>");
    }

    @Test
    void small_values_keep_two_digits_at_the_axis() {
        assertThat(new Chart(List.of("1"), 1).svg("")).contains(">0.25</text>", ">0.75</text>", ">1.00</text>");
        assertThat(new Chart(List.of("1"), 100).svg("")).contains(">25</text>", ">100</text>");
    }
}
