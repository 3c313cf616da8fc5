// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Cuts bytes into frames, and writes frames down, one line each. */
final class Frames {
    private Frames() {}

    /** Cuts the bytes in pieces of this size; the last may be shorter. */
    static List<Frame> cut(Framer framer, byte[] bytes, int size) {
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += size) {
            frames.addAll(framer.cut(Arrays.copyOfRange(bytes, at, Math.min(at + size, bytes.length))));
        }
        return frames;
    }

    /** Cuts the bytes at these positions. */
    static List<Frame> cutAt(Framer framer, byte[] bytes, int first, int second) {
        List<Frame> frames = new ArrayList<>(framer.cut(Arrays.copyOf(bytes, first)));
        frames.addAll(framer.cut(Arrays.copyOfRange(bytes, first, second)));
        frames.addAll(framer.cut(Arrays.copyOfRange(bytes, second, bytes.length)));
        return frames;
    }

    static List<String> lines(List<Frame> frames) {
        List<String> lines = new ArrayList<>();
        for (Frame frame : frames) {
            lines.add(line(frame));
        }
        return lines;
    }

    private static String line(Frame frame) {
        if (frame instanceof Frame.Message message) {
            return "message "
                    + (message.length() > 1_000
                            ? message.length()
                            : new String(message.alone(), StandardCharsets.ISO_8859_1));
        }
        if (frame instanceof Frame.Broken broken) {
            return broken.head() == null
                    ? "broken"
                    : "broken " + new String(broken.head().alone(), StandardCharsets.ISO_8859_1);
        }
        if (frame instanceof Frame.Closed closed) {
            return "closed " + (closed.why() == null ? "in order" : closed.why().code());
        }
        return frame instanceof Frame.Ping ? "ping" : frame instanceof Frame.Pong ? "pong" : "handshake";
    }

    /** Returns a framer whose handshake is over. */
    static WebSocketFramer webSocket(boolean server, int limit) {
        Random random = Seeds.random(6455);
        WebSocketFramer one = WebSocketFramer.server(limit);
        WebSocketFramer other = WebSocketFramer.client(new WebSocketHandshake("pbx", "/", random), random, limit);
        Frame.Handshake request = (Frame.Handshake) other.start().get(0);
        Frame.Handshake answer = (Frame.Handshake) one.cut(request.bytes()).get(0);
        other.cut(answer.bytes());
        return server ? one : other;
    }
}
