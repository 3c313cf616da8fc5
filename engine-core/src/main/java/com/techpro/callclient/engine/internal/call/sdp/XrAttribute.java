// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.stack.media.rtp.xr.XrFormats;
import com.techpro.callclient.stack.media.rtp.xr.XrFormats.RoundTrip;
import java.util.List;
import java.util.Locale;

/**
 * {@code a=rtcp-xr} (RFC 3611 §5.1): the extended reports that its author wants to receive. Each side says its own (§5.2). Unknown formats are passed over.
 */
final class XrAttribute {
    static final String NAME = "rtcp-xr";

    private static final int MOST_FORMATS = 32;
    /** The least Loss RLE block that says anything: its header and a word of chunks. */
    private static final int LEAST_RLE = 16;

    private XrAttribute() {}

    /** What we take. Linphone reads on only until a format that it does not know, so that one comes last. */
    static String of(XrFormats formats) {
        return "rcvr-rtt=all stat-summary=loss,dup,jitt voip-metrics pkt-loss-rle=" + formats.lossRle();
    }

    static XrFormats parse(List<String> values) {
        XrFormats formats = XrFormats.NONE;
        if (!values.isEmpty()) {
            String[] words = values.get(0).trim().toLowerCase(Locale.ROOT).split(" +", MOST_FORMATS + 1);
            for (int i = 0; i < Math.min(words.length, MOST_FORMATS); i++) {
                int equals = words[i].indexOf('=');
                String name = equals < 0 ? words[i] : words[i].substring(0, equals);
                formats = with(formats, name, equals < 0 ? "" : words[i].substring(equals + 1));
            }
        }
        return formats;
    }

    private static XrFormats with(XrFormats formats, String name, String value) {
        return switch (name) {
            case "rcvr-rtt" -> formats.with(roundTrip(value));
            case "pkt-loss-rle" -> formats.withLossRle(octets(value));
            case "stat-summary" -> {
                List<String> flags = List.of(value.split(",", -1));
                // Without flags it is about everything.
                boolean all = value.isEmpty();
                yield formats.withSummary(
                        all || flags.contains("loss"), all || flags.contains("dup"), all || flags.contains("jitt"));
            }
            case "voip-metrics" -> formats.withVoipMetrics();
            default -> formats;
        };
    }

    private static RoundTrip roundTrip(String value) {
        String mode = value.split(":", 2)[0];
        return mode.equals("all") ? RoundTrip.ALL : mode.equals("sender") ? RoundTrip.SENDER : RoundTrip.NONE;
    }

    /** Blocks of no given length are as long as ours. */
    private static int octets(String value) {
        int octets = value.isEmpty() ? XrFormats.LARGEST_RLE : Digits.parse(value, 65_535);
        return octets < LEAST_RLE ? 0 : Math.min(octets, XrFormats.LARGEST_RLE);
    }
}
