// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.codec;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The codecs there are. A further one is a class and a line here. */
public final class Codecs {
    /** In the order in which they are offered, if nobody says otherwise. */
    public static final List<Codec> ALL = List.of(Opus.INSTANCE, G722.INSTANCE, G711.ALAW, G711.ULAW);

    private Codecs() {}

    /** The codec of what stands after the payload type in {@code a=rtpmap}, in any case of letters; null if there is none. */
    public static @Nullable Codec find(String rtpmap) {
        String wanted = rtpmap.toUpperCase(Locale.ROOT);
        for (Codec codec : ALL) {
            String own = rtpmap(codec).toUpperCase(Locale.ROOT);
            // RFC 8866 §6.6: one channel need not be said.
            if (wanted.equals(own) || (codec.channels() == 1 && wanted.equals(own + "/1"))) {
                return codec;
            }
        }
        return null;
    }

    /** What stands after the payload type in {@code a=rtpmap}. */
    public static String rtpmap(Codec codec) {
        String mono = codec.encodingName() + "/" + codec.clockRate();
        return codec.channels() == 1 ? mono : mono + "/" + codec.channels();
    }
}
