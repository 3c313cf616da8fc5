// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The available codecs. Add a codec as a class and a line here. */
public final class Codecs {
    /** In the default order of the offer. */
    public static final List<Codec> ALL = List.of(Opus.INSTANCE, G722.INSTANCE, G711.ALAW, G711.ULAW);

    private Codecs() {}

    /**
     * Returns the codec for the {@code a=rtpmap} value after the payload type, case-insensitive;
     * null if there is none.
     */
    public static @Nullable Codec find(String rtpmap) {
        String wanted = rtpmap.toUpperCase(Locale.ROOT);
        for (Codec codec : ALL) {
            String own = rtpmap(codec).toUpperCase(Locale.ROOT);
            // RFC 8866 §6.6: one channel may be omitted.
            if (wanted.equals(own) || (codec.channels() == 1 && wanted.equals(own + "/1"))) {
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
