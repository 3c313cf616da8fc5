// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.ComfortNoise;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of the payload types that the far end sends: the numbers from this side's
 * description.
 *
 * @param codecs each payload type at most once
 * @param telephoneEvents the payload types of RFC 4733 events
 * @param comfortNoise the payload types of RFC 3389 that both sides agreed on, so that they may be
 *     sent as well
 * @param redundancy the redundant audio data that both sides agreed on; null for none
 */
public record PayloadTypeMap(
        List<PayloadFormat> codecs,
        List<TelephoneEvents> telephoneEvents,
        List<NoiseFormat> comfortNoise,
        @Nullable Redundancy redundancy) {
    /**
     * Telephone events of one clock rate.
     *
     * @param payloadType 0 to 127
     * @param clockRate of their timestamps and durations, in Hz
     */
    public record TelephoneEvents(int payloadType, int clockRate) {}

    /**
     * Comfort noise for codecs of one clock rate.
     *
     * @param payloadType 0 to 127
     * @param clockRate of its timestamps, in Hz
     */
    public record NoiseFormat(int payloadType, int clockRate) {
        /**
         * Whether it goes with a codec: the clock rate is the same, and the codec does not encode
         * silence itself.
         */
        public boolean isFor(Codec codec) {
            return !codec.codesSilence() && clockRate == codec.clockRate();
        }
    }

    /**
     * Redundant audio data (RFC 2198) for codecs of one clock rate.
     *
     * @param sent its payload type in packets that are sent, 0 to 127
     * @param received its payload type in packets that come
     * @param clockRate of its timestamps, in Hz
     */
    public record Redundancy(int sent, int received, int clockRate) {}

    public PayloadTypeMap {
        comfortNoise = List.copyOf(comfortNoise);
        codecs = List.copyOf(codecs);
        telephoneEvents = List.copyOf(telephoneEvents);
    }

    /** Returns a map without comfort noise. */
    public static PayloadTypeMap of(List<PayloadFormat> codecs, List<TelephoneEvents> telephoneEvents) {
        return of(codecs, telephoneEvents, List.of());
    }

    /**
     * Returns the map that results from both descriptions. This side's numbers take precedence.
     * Also understood are the far end's own numbers for its codecs, and the static ones of G.711:
     * some phones and phone systems use them whatever was agreed.
     */
    public static PayloadTypeMap of(
            List<PayloadFormat> codecs, List<TelephoneEvents> telephoneEvents, List<NoiseFormat> comfortNoise) {
        List<PayloadFormat> all = new ArrayList<>();
        for (PayloadFormat format : codecs) {
            add(all, telephoneEvents, format);
        }
        for (G711 law : G711.values()) {
            add(all, telephoneEvents, PayloadFormat.ofStatic(law));
        }
        return new PayloadTypeMap(all, telephoneEvents, comfortNoise, null);
    }

    /** Returns this map with redundant audio data; null is none. */
    public PayloadTypeMap with(@Nullable Redundancy agreed) {
        List<PayloadFormat> others = codecs.stream()
                .filter(format -> agreed == null || format.payloadType() != agreed.received())
                .collect(Collectors.toList());
        return new PayloadTypeMap(others, telephoneEvents, comfortNoise, agreed);
    }

    private static void add(List<PayloadFormat> all, List<TelephoneEvents> events, PayloadFormat format) {
        int number = format.payloadType();
        for (PayloadFormat other : all) {
            if (other.payloadType() == number) {
                return;
            }
        }
        for (TelephoneEvents other : events) {
            if (other.payloadType() == number) {
                return;
            }
        }
        all.add(format);
    }

    /** Returns the codec of a payload type, or null. */
    @Nullable
    PayloadFormat codec(int payloadType) {
        for (int i = 0; i < codecs.size(); i++) {
            PayloadFormat format = codecs.get(i);
            if (format.payloadType() == payloadType) {
                return format;
            }
        }
        return null;
    }

    /** Whether packets of a payload type are redundant audio data. */
    boolean isRedundancy(int payloadType) {
        return redundancy != null && redundancy.received() == payloadType;
    }

    /** Returns the agreed payload type of redundant audio data for codecs of a clock rate, or -1. */
    int redundancyPayloadType(int clockRate) {
        return redundancy != null && redundancy.clockRate() == clockRate ? redundancy.sent() : -1;
    }

    /** Returns the telephone events of a payload type, or null. */
    @Nullable
    TelephoneEvents telephoneEvents(int payloadType) {
        for (int i = 0; i < telephoneEvents.size(); i++) {
            TelephoneEvents events = telephoneEvents.get(i);
            if (events.payloadType() == payloadType) {
                return events;
            }
        }
        return null;
    }

    /**
     * Returns the clock rate of comfort noise with this payload type, or 0. That of RFC 3551 is
     * always understood: gateways send it unasked.
     */
    int noiseClockRate(int payloadType) {
        for (int i = 0; i < comfortNoise.size(); i++) {
            NoiseFormat noise = comfortNoise.get(i);
            if (noise.payloadType() == payloadType) {
                return noise.clockRate();
            }
        }
        return payloadType == ComfortNoise.PAYLOAD_TYPE && codec(payloadType) == null ? G711.ULAW.clockRate() : 0;
    }

    /** Returns the agreed payload type of comfort noise for codecs of a clock rate, or -1. */
    int noisePayloadType(int clockRate) {
        for (int i = 0; i < comfortNoise.size(); i++) {
            NoiseFormat noise = comfortNoise.get(i);
            if (noise.clockRate() == clockRate) {
                return noise.payloadType();
            }
        }
        return -1;
    }
}
