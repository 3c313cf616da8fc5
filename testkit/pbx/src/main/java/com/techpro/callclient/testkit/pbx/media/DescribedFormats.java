// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The meaning of the payload types in one SDP. Immutable. */
final class DescribedFormats {
    /** Before any SDP. */
    static final DescribedFormats NONE = new DescribedFormats(List.of(), Set.of());

    private final List<PayloadFormat> speech;
    private final Map<Integer, PayloadFormat> byType = new HashMap<>();
    private final Set<Integer> keys;

    private DescribedFormats(List<PayloadFormat> speech, Set<Integer> keys) {
        this.speech = speech;
        this.keys = keys;
        speech.forEach(format -> byType.put(format.payloadType(), format));
    }

    static DescribedFormats of(Sdp.Section section) {
        Set<Integer> keys = new HashSet<>();
        for (String format : section.formats()) {
            if ("TELEPHONE-EVENT".equals(section.encodingOf(format))) {
                keys.add(Integer.parseInt(format));
            }
        }
        return new DescribedFormats(new ArrayList<>(SupportedFormats.speech(section)), keys);
    }

    /** Whether this payload type is DTMF (RFC 4733). */
    boolean isKey(int payloadType) {
        return keys.contains(payloadType);
    }

    /** Returns the speech format of a payload type; null if unknown to the PBX. */
    @Nullable
    PayloadFormat speech(int payloadType) {
        return byType.get(payloadType);
    }

    /**
     * Returns the codec of that encoding name, preferably with the same RTP clock as another; null
     * if there is none.
     */
    @Nullable
    PayloadFormat named(String encodingName, PayloadFormat clockOf) {
        PayloadFormat found = null;
        for (PayloadFormat format : speech) {
            if (format.encodingName().equalsIgnoreCase(encodingName)) {
                if (format.codec().clockRate() == clockOf.codec().clockRate()) {
                    return format;
                }
                found = found == null ? format : found;
            }
        }
        return found;
    }
}
