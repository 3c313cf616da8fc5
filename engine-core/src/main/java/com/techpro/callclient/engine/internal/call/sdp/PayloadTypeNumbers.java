// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives out the payload types of one offer: those that the session has used keep their meaning (RFC 3264 §8.3.2), and new ones are free numbers. */
final class PayloadTypeNumbers {
    /** RFC 3551 §6: 96 to 127 are for whatever is negotiated. */
    private static final int FIRST_DYNAMIC = 96;

    private static final int LAST = 127;
    /** Of no significance but for those that take it for granted. */
    private static final int USUAL_TELEPHONE_EVENT = 101;

    private final @Nullable AudioSection before;
    private final Set<Integer> taken = new HashSet<>();
    private boolean usualFree;

    /**
     * @param before what this side said last in the session
     */
    PayloadTypeNumbers(@Nullable AudioSection before) {
        this.before = before;
        if (before != null) {
            before.codecs().forEach(format -> taken.add(format.payloadType()));
            before.telephoneEvents().forEach(events -> taken.add(events.payloadType()));
            before.comfortNoise().forEach(noise -> taken.add(noise.payloadType()));
            before.redundancy().forEach(format -> taken.add(format.payloadType()));
        }
        usualFree = taken.add(USUAL_TELEPHONE_EVENT);
    }

    PayloadFormat of(Codec codec) {
        if (codec.staticPayloadType() != Codec.DYNAMIC) {
            return PayloadFormat.ofStatic(codec);
        }
        if (before != null) {
            for (PayloadFormat format : before.codecs()) {
                if (format.codec().equals(codec)) {
                    return new PayloadFormat(codec, format.payloadType());
                }
            }
        }
        return new PayloadFormat(codec, free());
    }

    int telephoneEvent(int clockRate) {
        int known = before == null ? -1 : before.telephoneEvent(clockRate);
        if (known >= 0) {
            return known;
        }
        if (usualFree) {
            usualFree = false;
            return USUAL_TELEPHONE_EVENT;
        }
        return free();
    }

    int redundancy(Codec codec) {
        int known = before == null ? -1 : before.redundancy(codec);
        return known >= 0 ? known : free();
    }

    private int free() {
        int number = FIRST_DYNAMIC;
        while (!taken.add(number) && number < LAST) {
            number++;
        }
        return number;
    }
}
