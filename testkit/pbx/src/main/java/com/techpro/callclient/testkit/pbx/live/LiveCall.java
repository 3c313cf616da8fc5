// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.live;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.time.Instant;
import java.util.List;

/**
 * A call that rings or talks, as the PBX sees it at one moment. Immutable.
 *
 * @param since when it began
 * @param talking whether it was answered
 * @param legs its devices; who calls is first, except where the PBX itself calls
 */
public record LiveCall(Instant since, boolean talking, List<Side> legs) {
    public LiveCall {
        legs = List.copyOf(legs);
    }

    /** Where the keys of a device's media are from. */
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
     * @param extension whose device it is; empty for who has none
     * @param other whom it talks to, as its dialog names that one
     * @param talks whether it has answered, or was answered
     * @param codec what it speaks, by its encoding name, such as {@code PCMA} or {@code opus}; empty before that is agreed
     * @param direct whether its media goes to the other device and not through the PBX, which measures nothing then
     * @param packets media packets that came from it
     * @param lost media packets from it that did not come
     * @param jitterMillis how unevenly they came (RFC 3550 §6.4.1)
     * @param leg tells its sound apart in a {@link com.techpro.callclient.testkit.pbx.trace.MediaRecording}
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
            double jitterMillis,
            int leg) {}
}
