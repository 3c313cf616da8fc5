// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.media.MediaAgreement;
import com.techpro.callclient.testkit.pbx.media.ReceptionStatistics;
import java.time.Instant;
import java.util.List;

/** Takes snapshots of calls for outside readers. On the signalling loop. */
final class LiveCalls {
    private LiveCalls() {}

    static LiveCall of(CallControl call, Instant since) {
        List<LiveCall.Side> legs = call.legs().stream().map(LiveCalls::side).toList();
        return new LiveCall(since, !legs.isEmpty() && legs.stream().allMatch(LiveCall.Side::talks), legs);
    }

    private static LiveCall.Side side(Leg leg) {
        String extension = leg.extension();
        ReceptionStatistics reception = leg.media().port().reception();
        return new LiveCall.Side(
                leg.dialog().callId(),
                extension == null ? "" : extension,
                nameOf(leg.dialog().local()),
                leg.flow().transport(),
                leg.talks(),
                keysOf(leg),
                leg.media().codec(),
                leg.media().isDirect(),
                reception.packets(),
                reception.lost(),
                reception.lostAtDevice(),
                reception.jitterMillis(),
                leg.media().port().leg());
    }

    private static String nameOf(NameAddr party) {
        String user = String.valueOf(party.uri().user());
        String name = party.displayName();
        return name == null || name.isEmpty() ? user : name + " <" + user + ">";
    }

    private static LiveCall.Keys keysOf(Leg leg) {
        MediaAgreement agreed = leg.media().agreed();
        if (agreed == null) {
            return LiveCall.Keys.NOT_AGREED;
        }
        return agreed.dtls() != null
                ? LiveCall.Keys.DTLS
                : agreed.remote() != null ? LiveCall.Keys.SDES : LiveCall.Keys.CLEAR;
    }
}
