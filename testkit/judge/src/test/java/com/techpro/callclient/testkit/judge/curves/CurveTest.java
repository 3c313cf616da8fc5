// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.curves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.judge.curves.Curve.Point;
import com.techpro.callclient.testkit.judge.degrade.Degradation;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** What is told of a curve, and how it is drawn. */
class CurveTest {
    private static final DegradationScale RISING =
            DegradationScale.of("loss & noise", "%", (level, place) -> Degradation.none(), 1, 2, 4, 8);

    private static final DegradationScale FALLING =
            DegradationScale.of("noise", "dB below speech", (level, place) -> Degradation.none(), 40, 30, 20, 10);

    private static Curve curve(DegradationScale scale, String name, int... caughtOfFour) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < caughtOfFour.length; i++) {
            points.add(new Point(
                    scale.levels().get(i), 4, caughtOfFour[i], 5 - i, Map.of("verified", 4 - caughtOfFour[i])));
        }
        return new Curve(scale, name, false, points);
    }

    private static Curve coded(Curve curve) {
        return new Curve(curve.scale(), curve.name(), true, curve.points());
    }

    @Test
    void a_curve_tells_where_none_half_and_all_are_caught() {
        Curve curve = curve(RISING, "a", 0, 0, 3, 4);
        assertThat(curve.passes()).isEqualTo(2);
        assertThat(curve.caught()).isEqualTo(8);
        assertThat(curve.half()).isCloseTo(2 + 2 * 2 / 3.0, within(1e-9));
        assertThat(curve(FALLING, "a", 0, 2, 4, 4).half()).isEqualTo(30);
    }

    @Test
    void a_curve_that_never_reaches_a_level_reports_none() {
        assertThat(curve(RISING, "a", 0, 0, 0, 0).half()).isNaN();
        assertThat(curve(RISING, "a", 0, 0, 0, 3).caught()).isNaN();
        assertThat(curve(RISING, "a", 1, 4, 4, 4).passes()).isNaN();
        assertThat(curve(RISING, "a", 0, 4, 3, 4).caught()).isEqualTo(8);
    }

    @Test
    void a_row_has_all_curves_together() {
        List<Curve> curves = List.of(curve(FALLING, "a", 0, 2, 4, 4), curve(FALLING, "b", 0, 0, 2, 4));
        assertThat(CurveTable.row(curves)).isEqualTo("| noise, dB below speech | 40 | 25 | 10 |\n");
        assertThat(CurveTable.row(List.of(curve(RISING, "a", 0, 0, 0, 0))))
                .isEqualTo("| loss & noise, % | 8 | none | none |\n");
        assertThat(CurveTable.head().lines()).hasSize(2).allMatch(line -> line.split("\\|", -1).length == 6);
    }

    @Test
    void the_picture_and_the_page_have_a_line_for_each_curve_and_one_for_all() throws Exception {
        List<Curve> curves = List.of(curve(RISING, "<a>", 0, 2, 4, 4), coded(curve(RISING, "G.722", 0, 0, 2, 4)));
        String svg = CurveChart.svg(List.of(curves, List.of(curve(FALLING, "b", 0, 0, 2, 4))));
        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(5);
        assertThat(svg).contains("loss &amp; noise", "class=\"c\"", "<title>&lt;a&gt;</title>");
        assertThat(CurveTable.page(List.of(curves)))
                .contains("loss &amp; noise, %", "<td>2</td>", svg.substring(0, 40));
    }
}
