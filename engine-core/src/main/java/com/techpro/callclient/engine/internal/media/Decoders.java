// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.media.codec.Codec;
import com.techpro.callclient.engine.internal.media.codec.ComfortNoise;
import com.techpro.callclient.engine.internal.media.codec.Decoder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The decoders of one call, made as their codecs come. Lives on the media loop. */
final class Decoders {
    /** One for each codec, in the order in which they came: those of one call are few. */
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

    /** What comes next does not follow what came before. Where that is of use, decoders begin anew, as their packets come. */
    void beginAnew() {
        for (int i = decoders.size() - 1; i >= 0; i--) {
            if (decoders.get(i).codec().beginsCleanly()) {
                decoders.remove(i);
            }
        }
    }

    /** Of comfort noise in the pauses of a codec. */
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
