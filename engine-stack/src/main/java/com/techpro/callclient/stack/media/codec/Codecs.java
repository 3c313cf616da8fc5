// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The available codecs. Add a codec as a class and a line here. */
public final class Codecs {
    /** In the default order of the offer. */
    public static final List<Codec> ALL = List.of(Opus.INSTANCE, G722.INSTANCE, G711.ALAW, G711.ULAW);

    private static final List<String> RTPMAPS = ALL.stream().map(Codecs::rtpmap).collect(Collectors.toList());

    private Codecs() {}

    /**
     * Returns the codec for the {@code a=rtpmap} value after the payload type, case-insensitive;
     * null if there is none.
     */
    public static @Nullable Codec find(String rtpmap) {
        for (int i = 0; i < RTPMAPS.size(); i++) {
            Codec codec = ALL.get(i);
            String own = RTPMAPS.get(i);
            // RFC 8866 §6.6: one channel may be omitted.
            boolean mono = codec.channels() == 1 && rtpmap.length() == own.length() + 2 && rtpmap.endsWith("/1");
            boolean comparable = mono || rtpmap.length() == own.length();
            if (comparable && rtpmap.regionMatches(true, 0, own, 0, own.length())) {
                return codec;
            }
        }
        return null;
    }

    /** Returns the {@code a=rtpmap} value after the payload type. */
    public static String rtpmap(Codec codec) {
        String mono = codec.encodingName() + "/" + codec.clockRate();
        return codec.channels() == 1 ? mono : mono + "/" + codec.channels();
    }
}
