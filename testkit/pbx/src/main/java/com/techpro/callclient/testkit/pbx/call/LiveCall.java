// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.media.MediaAgreement;
import com.techpro.callclient.testkit.pbx.media.ReceptionStatistics;
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
     * @param direct whether its media goes to the other device and not through the PBX, which measures nothing then
     * @param packets media packets that came from it
     * @param lost media packets from it that did not come
     * @param jitterMillis how unevenly they came (RFC 3550 §6.4.1)
     */
    public record Side(
            String callId,
            String extension,
            String other,
            SipTransport transport,
            boolean talks,
            Keys keys,
            boolean direct,
            long packets,
            long lost,
            double jitterMillis) {
        static Side of(Leg leg) {
            String extension = leg.extension();
            ReceptionStatistics reception = leg.media().port().reception();
            return new Side(
                    leg.dialog().callId(),
                    extension == null ? "" : extension,
                    nameOf(leg.dialog().local()),
                    leg.flow().transport(),
                    leg.talks(),
                    keysOf(leg),
                    leg.media().isDirect(),
                    reception.packets(),
                    reception.lost(),
                    reception.jitterMillis());
        }
    }

    static LiveCall of(Call call, Instant since) {
        List<Side> legs = call.legs().stream().map(Side::of).toList();
        return new LiveCall(since, !legs.isEmpty() && legs.stream().allMatch(Side::talks), legs);
    }

    private static String nameOf(NameAddr party) {
        String user = String.valueOf(party.uri().user());
        String name = party.displayName();
        return name == null || name.isEmpty() ? user : name + " <" + user + ">";
    }

    private static Keys keysOf(Leg leg) {
        MediaAgreement agreed = leg.media().agreed();
        if (agreed == null) {
            return Keys.NOT_AGREED;
        }
        return agreed.dtls() != null ? Keys.DTLS : agreed.remote() != null ? Keys.SDES : Keys.CLEAR;
    }
}
