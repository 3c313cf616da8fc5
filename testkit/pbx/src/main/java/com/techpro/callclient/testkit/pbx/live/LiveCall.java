// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.live;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.time.Instant;
import java.util.List;

/**
 * A ringing or connected call as the PBX sees it at one moment. Immutable.
 *
 * @param since when it began
 * @param talking whether it was answered
 * @param legs its devices, the caller first, except in calls made by the PBX
 */
public record LiveCall(Instant since, boolean talking, List<Side> legs) {
    public LiveCall {
        legs = List.copyOf(legs);
    }

    /** The source of a device's media keys. */
    public enum Keys {
        NOT_AGREED,
        CLEAR,
        SDES,
        DTLS
    }

    /**
     * One device.
     *
     * @param callId of its dialog (RFC 3261 §12)
     * @param extension of the device; empty if it has none
     * @param other its far end, as its dialog names it
     * @param talks whether it has answered, or was answered
     * @param codec its encoding name, such as {@code PCMA} or {@code opus}; empty before an
     *     agreement
     * @param direct whether its media goes directly to the other device; the PBX then measures
     *     nothing
     * @param packets media packets received from it
     * @param lost media packets from it that are missing
     * @param lostAtDevice the share of packets to it that are missing, 0 to 1, as its latest RTCP
     *     report says (RFC 3550 §6.4.1: fraction lost); 0 before the first
     * @param jitterMillis the interarrival jitter (RFC 3550 §6.4.1)
     * @param leg identifies its audio in a {@link
     *     com.techpro.callclient.testkit.pbx.trace.MediaRecording}
     */
    public record Side(
            String callId,
            String extension,
            String other,
            SipTransport transport,
            boolean talks,
            Keys keys,
            String codec,
            boolean direct,
            long packets,
            long lost,
            double lostAtDevice,
            double jitterMillis,
            int leg) {}
}
