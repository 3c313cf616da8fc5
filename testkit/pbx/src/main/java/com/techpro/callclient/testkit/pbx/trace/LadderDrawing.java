// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import com.techpro.callclient.testkit.pbx.trace.Ladder.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Draws the SVG of a ladder. */
final class LadderDrawing {
    private static final int TIME_WIDTH = 80;
    private static final int LANE_WIDTH = 250;
    private static final int HEAD = 44;
    private static final int ROW = 40;
    private static final int LONGEST_LABEL = 44;

    private final Lanes lanes;
    private final Instant start;
    private final Set<String> seen = new HashSet<>();
    /** Call-IDs and CSeqs of requests with credentials. */
    private final Set<String> withCredentials = new HashSet<>();

    LadderDrawing(List<TracedMessage> messages, Instant start) {
        this.lanes = new Lanes(messages);
        this.start = start;
    }

    void draw(List<Row> rows, StringBuilder html) {
        int count = lanes.all().size();
        int width = TIME_WIDTH + Math.max(1, count) * LANE_WIDTH;
        int height = HEAD + 20 + rows.size() * ROW;
        html.append(String.format(
                "<svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"group\" aria-label=\"Ladder diagram\">%n",
                width, height, width, height));
        for (int lane = 0; lane < count; lane++) {
            head(lane, height, html);
        }
        int y = HEAD + 20;
        for (Row row : rows) {
            text(4, y + 18, "small", Ladder.seconds(start, row.at()), "start", html);
            if (row.what() instanceof TracedMessage message) {
                arrow(row.number(), message, y, html);
            } else if (row.what() instanceof StateMark mark) {
                mark(mark, y, width, html);
            }
            y += ROW;
        }
        html.append("</svg>\n");
    }

    private void head(int lane, int height, StringBuilder html) {
        Lanes.Lane described = lanes.all().get(lane);
        int x = x(lane);
        html.append(
                String.format("<line class=\"lane\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n", x, HEAD, x, height));
        html.append(String.format(
                "<rect class=\"head\" x=\"%d\" y=\"2\" width=\"200\" height=\"%d\" rx=\"6\"/>%n", x - 100, HEAD - 4));
        boolean one = described.name().isEmpty() || described.address().isEmpty();
        text(
                x,
                one ? 27 : 20,
                "name",
                described.name().isEmpty() ? described.address() : described.name(),
                "middle",
                html);
        if (!one) {
            text(x, 34, "small", described.address(), "middle", html);
        }
    }

    private void arrow(int number, TracedMessage message, int y, StringBuilder html) {
        int from = x(lanes.indexOf(message.from()));
        int to = x(lanes.indexOf(message.to()));
        // An endpoint that sends to itself: draws a stub.
        int end = from == to ? from + 60 : to;
        int left = Math.min(from, end);
        int right = Math.max(from, end);
        String label = number + ". " + message.summary() + cseq(message) + (isRepetition(message) ? " (again)" : "");
        html.append("<a class=\"arrow ")
                .append(kind(message))
                .append("\" id=\"a")
                .append(number);
        html.append("\" href=\"#m").append(number).append("\" aria-label=\"");
        html.append(Ladder.escape(label + ", show the message")).append("\">\n");
        html.append(String.format(
                "<rect class=\"hit\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>%n",
                left + 2, y - 1, right - left - 4, ROW - 2));
        int line = y + 20;
        html.append(String.format("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n", from, line, end, line));
        int back = end > from ? -9 : 9;
        html.append(String.format("<path d=\"M%d %d l%d -4 v8 z\"/>%n", end, line, back));
        int middle = (from + end) / 2;
        text(middle, y + 14, "label", label, "middle", html);
        String media = MediaSummary.of(message);
        text(middle, y + 33, "small", media.isEmpty() ? message.transport().name() : media, "middle", html);
        html.append("</a>\n");
    }

    private void mark(StateMark mark, int y, int width, StringBuilder html) {
        int lane = lanes.indexOf(mark.who());
        String words = lane < 0 ? (mark.who() + ": " + mark.text()) : mark.text();
        int x = lane < 0 ? TIME_WIDTH + 4 : x(lane) - 123;
        int wide = lane < 0 ? width - TIME_WIDTH - 8 : 246;
        html.append("<g class=\"mark\">");
        html.append(String.format(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"9\"/>", x, y + 7, wide, ROW - 18));
        html.append("<title>").append(Ladder.escape(words)).append("</title>");
        text(x + wide / 2, y + 22, "state", words, "middle", html);
        html.append("</g>\n");
    }

    private static void text(int x, int y, String style, String words, String anchor, StringBuilder html) {
        String shown = words.length() > LONGEST_LABEL ? words.substring(0, LONGEST_LABEL - 1) + "…" : words;
        html.append(String.format(
                "<text x=\"%d\" y=\"%d\" class=\"%s\" text-anchor=\"%s\">%s</text>%n",
                x, y, style, anchor, Ladder.escape(shown)));
    }

    /**
     * RFC 3261 §17: a retransmission has the same bytes and direction. Call once per message, in
     * order.
     */
    private boolean isRepetition(TracedMessage message) {
        return !seen.add(
                message.from() + " " + message.to() + " " + new String(message.wire(), StandardCharsets.ISO_8859_1));
    }

    /** Returns the method that a response belongs to. */
    private static String cseq(TracedMessage message) {
        String cseq = message.header("CSeq");
        int space = cseq.lastIndexOf(' ');
        return message.status() > 0 && space >= 0 ? " · " + cseq.substring(space + 1) : "";
    }

    /** Call once per message, in order. */
    private String kind(TracedMessage message) {
        int status = message.status();
        String transaction = message.header("Call-ID") + " " + message.header("CSeq");
        if (status == 0) {
            if (!message.header("Authorization").isEmpty()
                    || !message.header("Proxy-Authorization").isEmpty()) {
                withCredentials.add(transaction);
            }
            return "request";
        }
        // RFC 3261 §22.1: a challenge to a request without credentials is not a failure.
        boolean challenge = (status == 401 || status == 407) && !withCredentials.contains(transaction);
        if (challenge || (status > 0 && status < 200)) {
            return "progress";
        }
        return status >= 200 && status < 300 ? "success" : "failure";
    }

    private static int x(int lane) {
        return TIME_WIDTH + lane * LANE_WIDTH + LANE_WIDTH / 2;
    }
}
