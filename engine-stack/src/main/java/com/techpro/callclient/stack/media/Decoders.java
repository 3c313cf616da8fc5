// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.ComfortNoise;
import com.techpro.callclient.stack.media.codec.Decoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The decoders of one call, each made when its codec first arrives. Belongs to the media loop. */
final class Decoders {
    /** One for each codec, in order of arrival; a call has few. */
    private final List<Decoder> decoders = new ArrayList<>();

    private @Nullable Decoder noise;

    Decoder of(Codec codec) {
        for (int i = 0; i < decoders.size(); i++) {
            if (decoders.get(i).codec().equals(codec)) {
                return decoders.get(i);
            }
        }
        Decoder created = codec.newDecoder();
        decoders.add(created);
        return created;
    }

    /**
     * The next packets do not follow the previous ones. Decoders that need it restart when their
     * next packet comes.
     */
    void beginAnew() {
        for (int i = decoders.size() - 1; i >= 0; i--) {
            if (decoders.get(i).codec().beginsCleanly()) {
                decoders.remove(i);
            }
        }
    }

    /** Returns the comfort noise generator for pauses of a codec. */
    Decoder noiseBeside(Codec codec) {
        Decoder generator = noise;
        if (generator == null
                || generator.codec().clockRate() != codec.clockRate()
                || generator.codec().sampleRate() != codec.sampleRate()) {
            generator = new ComfortNoise(codec).newDecoder();
            noise = generator;
        }
        return generator;
    }
}
