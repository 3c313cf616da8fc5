// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.judge.scene.Measure;
import com.techpro.callclient.testkit.judge.scene.SceneFigures;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** In how many scenes ours is worse than another's, and in how many theirs is. */
final class BothWays {
    private final String title;
    private final Map<Measure, Count> counts = new EnumMap<>(Measure.class);
    private final Count echo = new Count();

    private static final class Count {
        private int scenes;
        private int ours;
        private int theirs;
        private double sum;

        void add(boolean oursWorse, boolean theirsWorse) {
            scenes++;
            ours += oursWorse ? 1 : 0;
            theirs += theirsWorse ? 1 : 0;
        }

        @Override
        public String toString() {
            return "ours worse in " + ours + ", theirs in " + theirs + " of " + scenes;
        }
    }

    /** @param title the other's */
    BothWays(String title) {
        this.title = title;
    }

    void add(SceneFigures ours, SceneFigures theirs) {
        boolean hasEcho = false;
        for (Measure measure : ours.values().keySet()) {
            double other = theirs.of(measure);
            if (!Double.isNaN(other)) {
                double mine = ours.of(measure);
                Count count = counts.computeIfAbsent(measure, any -> new Count());
                count.add(measure.isWorse(mine, other), measure.isWorse(other, mine));
                count.sum += other;
                hasEcho |= measure.isEchoWindow();
            }
        }
        if (hasEcho) {
            echo.add(ours.leavesMoreEchoThan(theirs), theirs.leavesMoreEchoThan(ours));
        }
    }

    /** Of one measure, with the mean of theirs. */
    String text(Measure measure) {
        Count count = counts.get(measure);
        return count == null
                ? title + " failed"
                : String.format(Locale.ROOT, "%s %.2f (%s)", title, count.sum / count.scenes, count);
    }

    /** Of the echo's windows, any of which makes a scene worse. */
    String echoText() {
        return echo.toString();
    }

    double oursPercent() {
        return 100.0 * echo.ours / Math.max(1, echo.scenes);
    }

    double theirsPercent() {
        return 100.0 * echo.theirs / Math.max(1, echo.scenes);
    }
}
