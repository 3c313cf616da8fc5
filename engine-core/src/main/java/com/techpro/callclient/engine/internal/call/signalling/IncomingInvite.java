// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.ReliableProvisional;
import com.techpro.callclient.stack.sip.RequestListener;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.StatusMeaning;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A caller's INVITE until its ACK. It rings, with a reliable 180 if the caller requires it. Belongs
 * to the loop.
 */
public final class IncomingInvite {
    /** RFC 3261 §13.3.1.1: a proxy cancels the call after three minutes without a response. */
    private static final Duration REPEATED_EVERY = Duration.ofMinutes(1);

    private final EngineLoop loop;
    private final SipEndpoint endpoint;
    private final Consumer<CallInput> mailbox;
    private final ServerTransactionHandle invite;
    private @Nullable ReliableProvisional reliable;
    private @Nullable Timer repetition;

    IncomingInvite(EngineLoop loop, SipEndpoint endpoint, Consumer<CallInput> mailbox, ServerTransactionHandle invite) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.mailbox = mailbox;
        this.invite = invite;
    }

    SipRequest request() {
        return invite.request();
    }

    boolean is(ServerTransactionHandle transaction) {
        return invite == transaction;
    }

    void ring() {
        Runnable unacknowledged =
                () -> mailbox.accept(new CallInput.CallFailed(new Failure.TimedOut(Failure.Waited.RESPONSE)));
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
        // Without an offer, the first reliable response must carry ours (RFC 3262 §5), and no media
        // is open yet. So the caller gets no 180, and the 200 carries our offer.
    }

    /** Repeats the 180. A caller that is cut off gets it once there is a connection. */
    private void repeat(Runnable ringing) {
        repetition = loop.schedule(REPEATED_EVERY, () -> {
            repeat(ringing);
            if (!isCutOff()) {
                ringing.run();
            }
        });
    }

    /** Answers a PRACK (RFC 3262 §3). It must carry no offer, because our 180 had no answer. */
    void acknowledged(ServerTransactionHandle prack) {
        if (reliable == null || !reliable.acknowledge(prack.request())) {
            prack.respond(481);
            return;
        }
        MessageBodies body = MessageBodies.of(prack.request());
        if (body.refusal() != 0) {
            prack.respond(body.rejection(prack).build());
        } else {
            prack.respond(body.description() == null ? 200 : 488);
        }
    }

    /** Stops repeating: the final response is sent, or none is needed any more. */
    void stopRinging() {
        if (reliable != null) {
            reliable.stop();
        }
        if (repetition != null) {
            repetition.cancel();
            repetition = null;
        }
    }

    /** Whether an answer would not reach the caller now. */
    boolean isCutOff() {
        return !invite.flow().isOpen();
    }

    /**
     * Moves to the account's new flow if the old one is lost; our answer then goes over the new one.
     * If the caller supports UPDATE, it gets our new address (RFC 3311), and its response shows
     * whether the call still exists.
     */
    void moved(Flow flow, Dialog within) {
        if (!isCutOff()) {
            return;
        }
        Flow gone = invite.flow();
        if (gone.transport() != flow.transport() || !gone.remote().equals(flow.remote())) {
            // Another server does not know the INVITE.
            mailbox.accept(new CallInput.FlowLost());
            return;
        }
        invite.moveTo(flow);
        if (within.isEarly() && request().headers("Allow").contains("UPDATE")) {
            endpoint.send(within, within.request("UPDATE"), new StillThere());
        }
    }

    /** Learns whether the caller still waits, after its connection was lost while ringing. */
    private final class StillThere implements RequestListener {
        @Override
        public void success(SipResponse response) {}

        @Override
        public void rejected(SipResponse response, Failure why) {
            if (StatusMeaning.of(response.status()).endsDialog()) {
                mailbox.accept(new CallInput.FlowLost());
            }
        }

        @Override
        public void failed(Failure why) {
            if (why instanceof Failure.TimedOut) {
                mailbox.accept(new CallInput.FlowLost());
            }
        }
    }
}
