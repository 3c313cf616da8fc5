// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.ReliableProvisional;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The INVITE of a caller until it is acknowledged: rings, reliably where the caller insists on it. Belongs to the loop. */
final class IncomingInvite {
    /** RFC 3261 §13.3.1.1: a proxy that hears nothing for three minutes gives the call up. */
    private static final Duration REPEATED_EVERY = Duration.ofMinutes(1);

    private final EngineLoop loop;
    private final ServerTransactionHandle invite;
    private @Nullable ReliableProvisional reliable;
    private @Nullable Timer repetition;

    IncomingInvite(EngineLoop loop, ServerTransactionHandle invite) {
        this.loop = loop;
        this.invite = invite;
    }

    SipRequest request() {
        return invite.request();
    }

    boolean is(ServerTransactionHandle transaction) {
        return invite == transaction;
    }

    /** @param unacknowledged told when a caller who insists on it does not acknowledge the ringing */
    void ring(SipEndpoint endpoint, Runnable unacknowledged) {
        SipResponse.Builder ringing = endpoint.response(invite, 180);
        if (!request().headers("Require").contains(ReliableProvisional.OPTION)) {
            SipResponse response = ringing.build();
            invite.respond(response);
            repeat(() -> invite.respond(response));
        } else if (MessageBodies.description(request()) != null) {
            reliable = endpoint.respondReliably(invite, ringing, unacknowledged);
            repeat(() -> {
                ReliableProvisional last = reliable;
                if (last != null && last.isAcknowledged()) {
                    reliable =
                            endpoint.respondReliablyAfter(last, invite, endpoint.response(invite, 180), unacknowledged);
                }
            });
        }
        // Without an offer, the first reliable response would have to bring ours (RFC 3262 §5), and no media is open
        // yet: the caller
        // hears nothing until the 200, which does.
    }

    /** Whoever is cut off for a while hears it again when there is a way. */
    private void repeat(Runnable ringing) {
        repetition = loop.schedule(REPEATED_EVERY, () -> {
            repeat(ringing);
            if (!isCutOff()) {
                ringing.run();
            }
        });
    }

    /** RFC 3262 §3. There is nothing to offer in it: our ringing answered nothing yet. */
    void acknowledged(ServerTransactionHandle prack) {
        if (reliable == null || !reliable.acknowledge(prack.request())) {
            prack.respond(481);
        } else {
            prack.respond(prack.request().hasBody() ? 488 : 200);
        }
    }

    /** It has its final response, or nobody waits for one any more. */
    void stopRinging() {
        if (reliable != null) {
            reliable.stop();
        }
        if (repetition != null) {
            repetition.cancel();
            repetition = null;
        }
    }

    /** Whether an answer would reach nobody now. */
    boolean isCutOff() {
        return !invite.flow().isOpen();
    }

    /**
     * Takes the account's new flow if the old one is gone.
     *
     * @return false if it leads to another server, which knows nothing of the INVITE
     */
    boolean moveTo(Flow flow) {
        Flow gone = invite.flow();
        boolean same = gone.transport() == flow.transport() && gone.remote().equals(flow.remote());
        if (same) {
            invite.moveTo(flow);
        }
        return same;
    }
}
