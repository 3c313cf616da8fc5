// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Codecs;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The formats that the PBX itself supports. */
public final class SupportedFormats {
    /** The PBX's own formats: both laws of G.711, and telephone events. */
    public static final Sdp.Section ALL = new Sdp.Section(
            "audio",
            0,
            "RTP/AVP",
            List.of("0", "8", "101"),
            null,
            List.of("rtpmap:0 PCMU/8000", "rtpmap:8 PCMA/8000", "rtpmap:101 telephone-event/8000", "fmtp:101 0-15"));

    /** The formats that the PBX transcodes between two phones without a common one. */
    public static final Sdp.Section TRANSCODED = new Sdp.Section(
            "audio",
            0,
            "RTP/AVP",
            List.of("111", "9", "8", "0", "110", "101"),
            null,
            List.of(
                    "rtpmap:111 opus/48000/2",
                    "fmtp:111 minptime=10;useinbandfec=1",
                    "rtpmap:9 G722/8000",
                    "rtpmap:8 PCMA/8000",
                    "rtpmap:0 PCMU/8000",
                    "rtpmap:110 telephone-event/48000",
                    "fmtp:110 0-15",
                    "rtpmap:101 telephone-event/8000",
                    "fmtp:101 0-15"));

    private static final String SPEECH_CLOCK = "8000";

    private SupportedFormats() {}

    /**
     * Returns the voice format that results from an answer.
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

    /** Returns the offered formats that the PBX supports; null if none of them is speech. */
    public static Sdp.@Nullable Section common(Sdp.Section offered) {
        List<String> formats = new ArrayList<>();
        boolean speech = false;
        for (String format : offered.formats()) {
            String encoding = offered.encodingOf(format);
            boolean law = "PCMU".equals(encoding) || "PCMA".equals(encoding);
            // Only the first offered law is answered, because the caller prefers it.
            if (law ? !speech : isEvent(offered, format)) {
                formats.add(format);
                speech |= law;
            }
        }
        if (!speech) {
            return null;
        }
        formats.sort((a, b) -> Boolean.compare(isEvent(offered, a), isEvent(offered, b)));
        return new Sdp.Section("audio", 0, offered.protocol(), formats, null, attributesOf(offered, formats));
    }

    /** Returns the formats of a section that the PBX can transcode, in order. */
    static List<PayloadFormat> speech(Sdp.Section section) {
        List<PayloadFormat> found = new ArrayList<>();
        for (String format : section.formats()) {
            Codec codec = codec(section, format);
            if (codec != null) {
                found.add(new PayloadFormat(codec, Integer.parseInt(format), section.parametersOf(format)));
            }
        }
        return found;
    }

    /** Returns the encoding name of the first speech format; empty if none is known. */
    static String speechName(Sdp.Section section) {
        for (String format : section.formats()) {
            Codec codec = codec(section, format);
            String name = codec == null ? section.encodingOf(format) : codec.encodingName();
            if (name != null && !name.equals("TELEPHONE-EVENT") && !name.equals("CN")) {
                return name;
            }
        }
        return "";
    }

    /** Whether both begin with the same codec. */
    public static boolean beginAlike(Sdp.Section one, Sdp.Section other) {
        List<PayloadFormat> ones = speech(one);
        List<PayloadFormat> others = speech(other);
        return ones.isEmpty()
                || others.isEmpty()
                || ones.get(0).codec().equals(others.get(0).codec());
    }

    /** Whether the PBX can transcode this offer for a phone that supports none of its formats. */
    public static boolean transcodes(Sdp.Section offered) {
        List<PayloadFormat> there = speech(offered);
        return !there.isEmpty()
                && !there.stream().map(PayloadFormat::codec).toList().containsAll(Codecs.ALL);
    }

    /**
     * Returns the first offered codec that the PBX can transcode, with telephone events in its
     * clock; null if there is none.
     */
    public static Sdp.@Nullable Section transcoded(Sdp.Section offered) {
        List<PayloadFormat> speech = speech(offered);
        if (speech.isEmpty()) {
            return null;
        }
        List<String> formats = new ArrayList<>();
        formats.add(Integer.toString(speech.get(0).payloadType()));
        int events = events(offered, speech.get(0).codec().clockRate());
        if (events >= 0) {
            formats.add(Integer.toString(events));
        }
        return new Sdp.Section("audio", 0, offered.protocol(), formats, null, attributesOf(offered, formats));
    }

    /** Returns the payload type of telephone events in that clock; -1 if there are none. */
    static int events(Sdp.Section section, int clockRate) {
        for (String format : section.formats()) {
            if ("TELEPHONE-EVENT".equals(section.encodingOf(format))
                    && section.clockRateOf(format).equals(Integer.toString(clockRate))) {
                return Integer.parseInt(format);
            }
        }
        return -1;
    }

    private static @Nullable Codec codec(Sdp.Section section, String format) {
        for (String map : section.values("rtpmap")) {
            String[] words = map.split(" +", 2);
            if (words.length == 2 && words[0].equals(format)) {
                return Codecs.find(words[1].trim());
            }
        }
        return Codecs.ALL.stream()
                .filter(codec -> format.equals(Integer.toString(codec.staticPayloadType())))
                .findFirst()
                .orElse(null);
    }

    private static List<String> attributesOf(Sdp.Section section, List<String> formats) {
        List<String> attributes = new ArrayList<>();
        for (String attribute : section.attributes()) {
            for (String format : formats) {
                if (attribute.startsWith("rtpmap:" + format + " ") || attribute.startsWith("fmtp:" + format + " ")) {
                    attributes.add(attribute);
                }
            }
        }
        return attributes;
    }

    /** Whether it is telephone events in the clock of G.711 (RFC 4733 §2.1). */
    private static boolean isEvent(Sdp.Section section, String format) {
        return "TELEPHONE-EVENT".equals(section.encodingOf(format)) && SPEECH_CLOCK.equals(section.clockRateOf(format));
    }

    /** Returns a direction as the other side sees it. */
    public static String opposite(String direction) {
        return switch (direction) {
            case "sendonly" -> "recvonly";
            case "recvonly" -> "sendonly";
            default -> direction;
        };
    }
}
