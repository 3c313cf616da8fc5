// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.Mixer;

/**
 * A mixer that has lines of one kind.
 *
 * @param position its position among those; the system's default comes first
 * @param twin how many earlier ones have the same description, as with two headsets of one model
 */
record NamedMixer(Mixer.Info info, int position, int twin) {
    static List<NamedMixer> all(Mixers mixers, Class<? extends DataLine> lineClass) {
        List<NamedMixer> found = new ArrayList<>();
        Map<String, Integer> twins = new HashMap<>();
        for (Mixer.Info info : mixers.infos()) {
            if (hasLines(mixers, info, lineClass)) {
                int twin = twins.merge(words(info), 1, Integer::sum) - 1;
                found.add(new NamedMixer(info, found.size(), twin));
            }
        }
        return found;
    }

    /** The JDK forgets all mixers it has listed when one is plugged in or out. */
    private static boolean hasLines(Mixers mixers, Mixer.Info info, Class<? extends DataLine> lineClass) {
        try {
            return mixers.mixer(info).isLineSupported(new Line.Info(lineClass));
        } catch (IllegalArgumentException forgotten) {
            return false;
        }
    }

    /**
     * AUD-9: from the device's own description, so that it does not depend on the order of
     * discovery.
     */
    String id(Direction direction) {
        String prefix = direction.name().toLowerCase(Locale.ROOT) + "-" + digest(words(info));
        return twin == 0 ? prefix : prefix + "-" + twin;
    }

    private static String words(Mixer.Info info) {
        return String.join("\n", info.getName(), info.getVendor(), info.getDescription());
    }

    private static String digest(String words) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
            return String.format(Locale.ROOT, "%064x", new BigInteger(1, hash)).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
