// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures.Loss;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures.Pattern;
import com.techpro.callclient.testkit.pbx.fault.MediaImpairment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Media impairments between the PBX and an extension's phones, for each direction. From any thread.
 */
final class ExtensionFaults {
    private final EmbeddedPbx pbx;

    ExtensionFaults(EmbeddedPbx pbx) {
        this.pbx = pbx;
    }

    /** A direction of media. */
    enum Direction {
        TO_PHONE,
        FROM_PHONE
    }

    /**
     * The impairments of one direction, and their effect.
     *
     * @param loss a share, as are {@code reordered} and {@code duplicated}
     * @param packets packets of this direction while an impairment was set
     * @param lost those lost on purpose
     */
    record Shown(
            double loss,
            Pattern pattern,
            int burst,
            long delayMillis,
            long jitterMillis,
            double reordered,
            double duplicated,
            boolean silent,
            long packets,
            long lost) {}

    /** Returns the impairments; null if there are none. */
    static @Nullable Shown shown(MediaImpairment way) {
        if (!way.isBad()) {
            return null;
        }
        MediaFigures figures = way.figures();
        return new Shown(
                figures.loss().share(),
                figures.loss().pattern(),
                figures.loss().burst(),
                figures.delay().toMillis(),
                figures.jitter().toMillis(),
                figures.reordered(),
                figures.duplicated(),
                figures.silent(),
                way.packets(),
                way.lost());
    }

    /**
     * Sets exactly these impairments: all others end.
     *
     * @throws IllegalArgumentException if there is no such extension, or a figure is out of its
     *     bounds; nothing is changed then
     */
    void set(Asked asked) {
        MediaFigures figures = new MediaFigures(
                new Loss(asked.choice("pattern", Pattern.AT_RANDOM), asked.number("loss", 0), asked.whole("burst", 1)),
                Duration.ofMillis(asked.whole("delayMillis", 0)),
                Duration.ofMillis(asked.whole("jitterMillis", 0)),
                asked.number("reordered", 0),
                asked.number("duplicated", 0),
                asked.is("silent", false),
                MediaFigures.NONE.stream(),
                MediaFigures.NONE.handshake());
        Direction direction = asked.choice("direction", Direction.class);
        String extension = asked.text("extension");
        if (!pbx.extensions().contains(extension)) {
            throw new IllegalArgumentException("There is no such extension.");
        }
        MediaImpairment way = direction == Direction.TO_PHONE
                ? pbx.faults().media(extension).toPhone()
                : pbx.faults().media(extension).fromPhone();
        way.clear();
        Loss loss = figures.loss();
        MediaImpairment lossy = switch (loss.pattern()) {
            case AT_RANDOM -> way.lose(loss.share());
            case EVENLY -> way.loseEvenly(loss.share());
            case IN_BURSTS -> way.loseInBursts(loss.share(), loss.burst());
        };
        lossy.delay(figures.delay())
                .jitter(figures.jitter())
                .reorder(figures.reordered())
                .duplicate(figures.duplicated())
                .silence(figures.silent());
    }
}
