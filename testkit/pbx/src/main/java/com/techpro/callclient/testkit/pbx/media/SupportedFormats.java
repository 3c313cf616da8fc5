// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.engine.internal.media.codec.G711;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The formats that the PBX itself speaks and understands. */
public final class SupportedFormats {
    /** What the PBX speaks itself: both laws of G.711, and telephone events. */
    public static final Sdp.Section ALL = new Sdp.Section(
            "audio",
            0,
            "RTP/AVP",
            List.of("0", "8", "101"),
            null,
            List.of("rtpmap:0 PCMU/8000", "rtpmap:8 PCMA/8000", "rtpmap:101 telephone-event/8000", "fmtp:101 0-15"));

    private static final String SPEECH_CLOCK = "8000";

    private SupportedFormats() {}

    /**
     * What an answer's formats come to.
     *
     * @param direction as the device sees it
     */
    public static VoiceFormat voice(Sdp.Section formats, String direction) {
        int speech = 0;
        int event = -1;
        G711 law = null;
        for (String format : formats.formats()) {
            String encoding = formats.encodingOf(format);
            if ("TELEPHONE-EVENT".equals(encoding)) {
                event = event < 0 || isEvent(formats, format) ? Integer.parseInt(format) : event;
            } else if (law == null && ("PCMU".equals(encoding) || "PCMA".equals(encoding))) {
                speech = Integer.parseInt(format);
                law = "PCMA".equals(encoding) ? G711.ALAW : G711.ULAW;
            }
        }
        boolean wanted = direction.equals("sendrecv") || direction.equals("recvonly");
        return new VoiceFormat(speech, law == null ? G711.ULAW : law, event, wanted);
    }

    /** The formats of an offer that the PBX speaks; null if none of them is speech. */
    public static Sdp.@Nullable Section common(Sdp.Section offered) {
        List<String> formats = new ArrayList<>();
        boolean speech = false;
        for (String format : offered.formats()) {
            String encoding = offered.encodingOf(format);
            boolean law = "PCMU".equals(encoding) || "PCMA".equals(encoding);
            // Only the first law offered is answered: the caller prefers it.
            if (law ? !speech : isEvent(offered, format)) {
                formats.add(format);
                speech |= law;
            }
        }
        if (!speech) {
            return null;
        }
        formats.sort((a, b) -> Boolean.compare(isEvent(offered, a), isEvent(offered, b)));
        List<String> attributes = new ArrayList<>();
        for (String attribute : offered.attributes()) {
            for (String format : formats) {
                if (attribute.startsWith("rtpmap:" + format + " ") || attribute.startsWith("fmtp:" + format + " ")) {
                    attributes.add(attribute);
                }
            }
        }
        return new Sdp.Section("audio", 0, offered.protocol(), formats, null, attributes);
    }

    /** Events in the clock of G.711 (RFC 4733 §2.1). */
    private static boolean isEvent(Sdp.Section section, String format) {
        return "TELEPHONE-EVENT".equals(section.encodingOf(format)) && SPEECH_CLOCK.equals(section.clockRateOf(format));
    }

    /** A direction seen from the other side. */
    public static String opposite(String direction) {
        return switch (direction) {
            case "sendonly" -> "recvonly";
            case "recvonly" -> "sendonly";
            default -> direction;
        };
    }
}
