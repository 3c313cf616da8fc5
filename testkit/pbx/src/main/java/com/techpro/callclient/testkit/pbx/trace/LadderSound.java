// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Draws the audio part of a ladder's page: a waveform and a player for each direction of each leg.
 */
final class LadderSound {
    static final String STYLE = """
            .sounds { padding: .6rem 1.2rem; border-bottom: 1px solid var(--line); } .sounds h2 { font-size: .95rem; margin: 0; display: inline; }
            .sounds p { margin: .2rem 0 .6rem; color: var(--faint); } .sounds div { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .6rem; }
            @media (max-width: 100rem) { .sounds div { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
            @media (max-width: 40rem) { .sounds { padding: .6rem .7rem; } .sounds div { grid-template-columns: minmax(0, 1fr); } }
            figure { margin: 0; border: 1px solid var(--line); border-radius: .4rem; background: var(--card); padding: .5rem .6rem; min-width: 0; }
            figcaption { overflow-wrap: anywhere; } figcaption span { color: var(--faint); font-size: .8rem; }
            .wave { width: 100%; height: 56px; margin: .3rem 0; background: var(--paper); border-radius: .2rem; }
            .wave path { stroke: var(--request); } .wave line { stroke: var(--line); } .wave .lost { fill: var(--bad); fill-opacity: .45; }
            audio { display: block; width: 100%; height: 40px; } figure a { font-size: .8rem; color: var(--request); overflow-wrap: anywhere; }
            """;

    private static final int COLUMNS = 600;
    private static final int HALF = 28;
    /** With more legs than a call of two phones has, the ladder comes first. */
    private static final int MOST_SHOWN = 2;

    private LadderSound() {}

    /**
     * Draws the legs.
     *
     * @param start when the ladder begins
     */
    static void append(List<RecordedLeg> legs, Instant start, StringBuilder html) {
        html.append("<section class=\"sounds\" aria-label=\"Sound\">\n<details")
                .append(legs.size() <= MOST_SHOWN ? " open" : "")
                .append(
                        "><summary><h2>Sound</h2></summary>\n<p>As the PBX had it, decrypted. The two of one phone begin at the same moment. ")
                .append("Red: packets that are missing.</p>\n<div>\n");
        for (RecordedLeg leg : legs) {
            figure(leg, true, start, html);
            figure(leg, false, start, html);
        }
        html.append("</div>\n</details>\n</section>\n");
    }

    private static void figure(RecordedLeg leg, boolean fromPhone, Instant start, StringBuilder html) {
        RecordedSound sound = fromPhone ? leg.sent() : leg.heard();
        String title = leg.number() + ". What the phone of " + leg.name() + (fromPhone ? " sent" : " was sent");
        if (leg.extension().isEmpty()) {
            title = leg.number() + ". What a phone" + (fromPhone ? " sent" : " was sent");
        }
        String words = inWords(sound, leg, start);
        html.append("<figure>\n<figcaption>")
                .append(Ladder.escape(title))
                .append("<br><span>")
                .append(Ladder.escape(words))
                .append("</span></figcaption>\n");
        wave(sound, title + ": " + words, html);
        if (sound.samples().length > 0) {
            String file = Ladder.escape(leg.file(fromPhone));
            html.append("<audio controls preload=\"metadata\" src=\"")
                    .append(file)
                    .append("\" aria-label=\"")
                    .append(Ladder.escape(title))
                    .append("\"></audio>\n<a href=\"")
                    .append(file)
                    .append("\">")
                    .append(file)
                    .append("</a>\n");
        }
        html.append("</figure>\n");
    }

    private static String inWords(RecordedSound sound, RecordedLeg leg, Instant start) {
        if (sound.packets() == 0) {
            return "no packet";
        }
        String peak = sound.peak() == Double.NEGATIVE_INFINITY
                ? "silence"
                : String.format(Locale.ROOT, "loudest at %.0f dB", sound.peak());
        return String.format(
                Locale.ROOT,
                "%s, %.1f s from %s, %d packets, %d missing, %s",
                sound.codecs().isEmpty() ? "no codec that is known here" : String.join(" and ", sound.codecs()),
                sound.seconds(),
                Ladder.seconds(start, leg.begin()),
                sound.packets(),
                sound.missing(),
                peak);
    }

    /** Draws the lowest and highest sample of each column, with full scale at the edges. */
    private static void wave(RecordedSound sound, String label, StringBuilder html) {
        short[] samples = sound.samples();
        html.append(String.format(
                "<svg class=\"wave\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"%s\">",
                COLUMNS, 2 * HALF, Ladder.escape(label)));
        html.append(String.format("<line x1=\"0\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", HALF, COLUMNS, HALF));
        for (RecordedSound.Part lost : sound.lost()) {
            double scale = (double) COLUMNS / Math.max(1, samples.length);
            html.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"lost\" x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"%d\"/>",
                    lost.from() * scale,
                    Math.max(1, (lost.to() - lost.from()) * scale),
                    2 * HALF));
        }
        html.append("<path d=\"");
        for (int column = 0; column < COLUMNS && samples.length > 0; column++) {
            int from = (int) ((long) column * samples.length / COLUMNS);
            int to = (int) Math.max(from + 1L, (column + 1L) * samples.length / COLUMNS);
            int low = Short.MAX_VALUE;
            int high = Short.MIN_VALUE;
            for (int i = from; i < Math.min(to, samples.length); i++) {
                low = Math.min(low, samples[i]);
                high = Math.max(high, samples[i]);
            }
            double top = HALF - high / 32_768.0 * HALF;
            double bottom = HALF - low / 32_768.0 * HALF;
            if (bottom - top >= 0.2) {
                html.append(String.format(Locale.ROOT, "M%d.5 %.1fV%.1f", column, top, bottom));
            }
        }
        html.append("\"/></svg>\n");
    }
}
