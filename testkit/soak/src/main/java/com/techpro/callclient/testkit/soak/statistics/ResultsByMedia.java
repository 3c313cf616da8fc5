// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.EndMedia;
import com.techpro.callclient.testkit.soak.report.SoakReport.MediaFigures;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Results of calls by their ends' media: by codec, kind of keys, and path. Owned by the soak's
 * loop.
 */
public final class ResultsByMedia {
    private final Map<String, Sum> byCodec = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Sum> byKeying = new TreeMap<>();
    private final Map<String, Sum> byPath = new TreeMap<>();
    private long ends;
    private long wrong;

    /**
     * Adds a call.
     *
     * @param choices the choices of all users' accounts, by index
     */
    void add(CallResult call, List<MediaChoice> choices) {
        for (int end = 0; end < call.media().size(); end++) {
            EndMedia media = call.media().get(end);
            boolean caller = end == 1;
            int user = caller ? call.caller() : call.callee();
            ends++;
            wrong += media.isOf(choices.get(user)) ? 0 : 1;
            SpeechVerdict heard = end < call.heard().size() ? call.heard().get(end) : null;
            CallQuality quality = qualityAt(call, caller);
            Duration setUp = caller ? call.setUp() : null;
            for (Sum sum : List.of(
                    byCodec.computeIfAbsent(media.codec(), key -> new Sum()),
                    byKeying.computeIfAbsent(media.keying().name(), key -> new Sum()),
                    byPath.computeIfAbsent(media.path().title(), key -> new Sum()))) {
                sum.add(heard, quality, setUp);
            }
        }
    }

    /** They are in the order caller, callee, if both are there. */
    private static @Nullable CallQuality qualityAt(CallResult call, boolean caller) {
        return call.quality().size() == 2 ? call.quality().get(caller ? 0 : 1) : null;
    }

    /** Returns how many call ends agreed on something. */
    public long ends() {
        return ends;
    }

    /** Returns how many of them agreed on something that is not among the account's choices. */
    public long wrongEnds() {
        return wrong;
    }

    /** Returns the codecs in use, the most frequent first. */
    public String codecs() {
        List<String> said = new ArrayList<>();
        byCodec.entrySet().stream()
                .sorted((one, other) -> Long.compare(other.getValue().ends, one.getValue().ends))
                .forEach(entry -> said.add(String.format(Locale.ROOT, "%s %d", entry.getKey(), entry.getValue().ends)));
        return String.join(", ", said);
    }

    public List<MediaFigures> figures() {
        List<MediaFigures> figures = new ArrayList<>();
        byCodec.forEach((codec, sum) -> figures.add(sum.figures("codec", codec)));
        byKeying.forEach((keying, sum) -> figures.add(sum.figures("keys", keying)));
        byPath.forEach((path, sum) -> figures.add(sum.figures("way", path)));
        return figures;
    }

    /** Sums over all ends that share one property. */
    private static final class Sum {
        /** With a precision of a hundredth: there are many of these while the heap is measured. */
        private final DurationHistogram delay = new DurationHistogram(2);

        private final DurationHistogram setUp = new DurationHistogram(2);
        private long ends;
        private long heard;
        private long verified;
        private double gaps;
        private double guessed;
        private double mostGuessed;
        private double distance;
        private double worstMos = Double.NaN;

        private void add(@Nullable SpeechVerdict verdict, @Nullable CallQuality quality, @Nullable Duration took) {
            ends++;
            if (verdict != null) {
                heard++;
                verified += verdict.verified() ? 1 : 0;
                gaps += verdict.gapPercent();
                guessed += verdict.guessedPercent();
                mostGuessed = Math.max(mostGuessed, verdict.guessedPercent());
                distance += verdict.spectralDistance();
                if (verdict.verified()) {
                    delay.add(verdict.delay());
                }
            }
            if (quality != null) {
                worstMos = Double.isNaN(worstMos)
                        ? quality.latest().mos()
                        : Math.min(worstMos, quality.latest().mos());
            }
            if (took != null) {
                setUp.add(took);
            }
        }

        private MediaFigures figures(String by, String what) {
            long some = Math.max(1, heard);
            return new MediaFigures(
                    by,
                    what,
                    ends,
                    verified,
                    gaps / some,
                    guessed / some,
                    mostGuessed,
                    distance / some,
                    worstMos,
                    delay.spread(),
                    setUp.spread());
        }
    }
}
