// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Draws a ladder diagram of messages as one HTML page without scripts or network access. Its only
 * other files are the audio, if any; its content security policy forbids the rest. Each arrow links
 * to its message, for mouse and keyboard. Secrets are always removed (see
 * {@link TracedMessage#redactedText}); caller and callee are shown.
 */
public final class Ladder {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --faint: #5f6975; --line: #d9dee4; --card: #f6f8fa;
              --good: #1a7f37; --bad: #b42318; --request: #0b64c0; --mark: #7a4b00; --mark-back: #fff4d6; --chosen: #e3f0ff; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --paper: #111519; --faint: #9aa4af; --line: #2c343c;
              --card: #181e24; --good: #57d27a; --bad: #ff8a7d; --request: #6cb2ff; --mark: #ffd479; --mark-back: #33280f; --chosen: #14283d; } }
            * { box-sizing: border-box; }
            body { font: 14px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0; }
            header { padding: .8rem 1.2rem; border-bottom: 1px solid var(--line); } h1 { font-size: 1.15rem; margin: 0; }
            header p { margin: .2rem 0 0; color: var(--faint); } h1, h3, p { overflow-wrap: anywhere; }
            main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(22rem, 2fr); }
            .diagram { overflow-x: auto; padding: .6rem 1.2rem 2rem; }
            .messages { position: sticky; top: 0; height: 100vh; overflow: auto; border-left: 1px solid var(--line); padding: 0 1rem 2rem; }
            .messages h2 { font-size: .95rem; margin: .9rem 0 .3rem; }
            article { border: 1px solid var(--line); border-radius: .4rem; margin: 0 0 .6rem; background: var(--card); }
            article h3 { font-size: .85rem; margin: 0; padding: .35rem .6rem; } article p { margin: 0; padding: 0 .6rem; color: var(--faint); font-size: .8rem; }
            pre { margin: 0; padding: .5rem .6rem; font: 12px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
            article:target { background: var(--chosen); border-color: var(--request); outline: 2px solid var(--request); }
            svg { display: block; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
            .lane { stroke: var(--line); stroke-width: 2; } .head { fill: var(--card); stroke: var(--line); }
            svg .name { font-weight: 600; } svg .small { font-size: 10.5px; fill: var(--faint); }
            .arrow line { stroke-width: 1.6; } .hit { fill: transparent; }
            .request line { stroke: var(--request); } .request path { fill: var(--request); } svg .request .label { fill: var(--request); }
            .progress line { stroke: var(--faint); stroke-dasharray: 5 3; } .progress path { fill: var(--faint); }
            .success line { stroke: var(--good); } .success path { fill: var(--good); } svg .success .label { fill: var(--good); }
            .failure line { stroke: var(--bad); } .failure path { fill: var(--bad); } svg .failure .label { fill: var(--bad); font-weight: 600; }
            a:hover .hit, a:focus .hit { fill: var(--chosen); } a:focus { outline: none; } a:focus .hit { stroke: var(--request); }
            .mark rect { fill: var(--mark-back); stroke: var(--mark); } svg .mark text { fill: var(--mark); }
            @media (max-width: 60rem) { main { display: block; } .messages { position: static; height: auto; border: 0; } }
            @media (max-width: 30rem) { header { padding: .6rem .7rem; } .diagram { padding: .4rem .7rem 1.2rem; } .messages { padding: 0 .7rem 1.2rem; } }
            @media print { main { display: block; } .messages { position: static; height: auto; border: 0; } article { break-inside: avoid; } }
            """;

    private final StringBuilder html = new StringBuilder();
    private final Instant start;

    private Ladder(Instant start) {
        this.start = start;
    }

    /** One row of the ladder: a message or a mark. */
    record Row(Instant at, int number, Object what) {}

    /**
     * Draws messages and marks in the order of their times.
     *
     * @param title the title of the ladder
     * @param note a note for the reader, such as that the beginning is missing; may be empty
     * @return the page, to be written as UTF-8
     */
    public static String html(String title, String note, List<TracedMessage> messages, List<StateMark> marks) {
        return html(title, note, messages, marks, List.of());
    }

    /** As above, with players for the files of these legs, which are beside the page. */
    static String html(
            String title, String note, List<TracedMessage> messages, List<StateMark> marks, List<RecordedLeg> legs) {
        List<TracedMessage> inOrder = messages.stream()
                .sorted(Comparator.comparing(TracedMessage::at))
                .toList();
        Instant start = Stream.concat(
                        inOrder.stream().map(TracedMessage::at), marks.stream().map(StateMark::at))
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Ladder ladder = new Ladder(start);
        ladder.head(title, note, inOrder.size(), !legs.isEmpty());
        if (!legs.isEmpty()) {
            LadderSound.append(legs, start, ladder.html);
        }
        ladder.html.append("<main>\n<section class=\"diagram\" aria-label=\"Ladder\">\n");
        new LadderDrawing(inOrder, start).draw(rows(inOrder, marks), ladder.html);
        ladder.html.append("</section>\n<section class=\"messages\" aria-label=\"Messages\">\n<h2>Messages</h2>\n");
        Lanes lanes = new Lanes(inOrder);
        for (int i = 0; i < inOrder.size(); i++) {
            ladder.message(i + 1, inOrder.size(), inOrder.get(i), lanes);
        }
        return ladder.html.append("</section>\n</main>\n</body>\n</html>\n").toString();
    }

    private static List<Row> rows(List<TracedMessage> messages, List<StateMark> marks) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            rows.add(new Row(messages.get(i).at(), i + 1, messages.get(i)));
        }
        marks.forEach(mark -> rows.add(new Row(mark.at(), 0, mark)));
        rows.sort(Comparator.comparing(Row::at));
        return rows;
    }

    private void head(String title, String note, int count, boolean sounds) {
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
                .append(sounds ? "media-src 'self' file:; " : "")
                .append("style-src 'unsafe-inline'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escape(title))
                .append(" · SIP ladder</title>\n<style>\n")
                .append(STYLE)
                .append(sounds ? LadderSound.STYLE : "")
                .append("</style>\n</head>\n<body>\n<header><h1>")
                .append(escape(title))
                .append("</h1>\n<p>")
                .append(count)
                .append(" messages from ")
                .append(start)
                .append(
                        ". Credentials, keys, tokens and bodies other than SDP are left out. Click an arrow, or Tab and Enter.")
                .append("</p>\n");
        if (!note.isEmpty()) {
            html.append("<p>").append(escape(note)).append("</p>\n");
        }
        html.append("</header>\n");
    }

    private void message(int number, int count, TracedMessage message, Lanes lanes) {
        html.append("<article id=\"m")
                .append(number)
                .append("\"><h3>")
                .append(number)
                .append(". ")
                .append(escape(message.summary()))
                .append("</h3>\n<p>")
                .append(seconds(start, message.at()))
                .append(" · ")
                .append(escape(nameOf(message.from(), lanes)))
                .append(" → ")
                .append(escape(nameOf(message.to(), lanes)))
                .append(" · ")
                .append(message.transport())
                .append(" · <a href=\"#a")
                .append(number)
                .append("\">arrow</a>");
        link(number - 1, count, "previous");
        link(number + 1, count, "next");
        html.append("</p>\n<pre>")
                .append(escape(message.redactedText().replace("\r\n", "\n").stripTrailing()))
                .append("</pre></article>\n");
    }

    private void link(int number, int count, String word) {
        if (number >= 1 && number <= count) {
            html.append(" <a href=\"#m")
                    .append(number)
                    .append("\">")
                    .append(word)
                    .append("</a>");
        }
    }

    private static String nameOf(TracedMessage.Endpoint end, Lanes lanes) {
        Lanes.Lane lane = lanes.all().get(lanes.indexOf(end));
        return (lane.name() + " " + lane.address()).trim();
    }

    static String seconds(Instant start, Instant at) {
        return String.format(Locale.ROOT, "+%.3f s", Duration.between(start, at).toNanos() / 1e9);
    }

    /**
     * Escapes for text and quoted attributes. Characters not allowed in HTML are replaced by a
     * visible one.
     */
    static String escape(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\r\\n\\t]]", "\uFFFD")
                .replaceAll("[\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]", "\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
