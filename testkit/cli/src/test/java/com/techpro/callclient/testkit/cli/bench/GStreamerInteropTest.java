// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.cli.bench.playout.PlayoutComparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The comparisons of {@code bench}, in short: GStreamer's and baresip's figures are beside ours, and ours are not much worse. */
@Tag("interop")
class GStreamerInteropTest {
    private static final Pattern BARESIP =
            Pattern.compile("baresip: ([0-9.]+) \\(([0-9]+) ms, .* damaged\\), its clock");

    private final List<BenchFigure> figures = new ArrayList<>();

    @Test
    void no_network_is_played_clearly_worse_than_by_their_jitter_buffers() throws IOException {
        new PlayoutComparison(12, figures::add).run();

        BenchFigure worse = figures.remove(figures.size() - 1);
        assertThat(figures).hasSize(12).allSatisfy(figure -> {
            assertThat(figure.how()).contains("GStreamer 60 ms: ", "GStreamer 200 ms: ");
            assertThat(figure.value()).isBetween(2.5, 4.5);
            assertThat(BARESIP.matcher(figure.how()).find()).as(figure.how()).isTrue();
        });
        // An even network leaves little to do, however busy the machine is: its sound was understood, and timed.
        Matcher even = BARESIP.matcher(figures.get(0).how());
        assertThat(even.find()).isTrue();
        assertThat(Double.parseDouble(even.group(1))).isGreaterThan(3.5);
        assertThat(Integer.parseInt(even.group(2))).isBetween(100, 300);
        assertThat(worse.value()).isZero();
    }

    @Test
    void scenes_are_judged_beside_webrtcdsp_and_libspeexdsp_both_ways() throws IOException {
        new SoundComparison(1, 1, figures::add).run();

        assertThat(figures.get(0).how())
                .containsPattern("--sound 1 --seed 1; beside \\[webrtcdsp 1[0-9.]+ with webrtc-audio-processing [0-9]+"
                        + "\\.[0-9]+, libspeexdsp\\.so[0-9.]+\\]");
        String both = " -?[0-9.]+ \\(ours worse in [01], theirs in [01] of 1\\)";
        assertThat(figures)
                .filteredOn(figure -> figure.name().contains(": removed 0-0.3 s"))
                .filteredOn(figure -> !figure.name().startsWith("all"))
                .hasSize(17)
                .allSatisfy(figure -> assertThat(figure.how()).matches("webrtcdsp" + both + "; libspeexdsp" + both));
        assertThat(value("room: removed 3-4.5 s")).isGreaterThan(30);
        assertThat(value("scenes with more echo than webrtcdsp")).isBetween(0.0, 100.0);
        assertThat(value("scenes with more echo than libspeexdsp")).isLessThanOrEqualTo(15);
        assertThat(value("scenes with less echo than libspeexdsp")).isGreaterThan(60);
    }

    private double value(String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .mapToDouble(BenchFigure::value)
                .findFirst()
                .orElseThrow();
    }
}
