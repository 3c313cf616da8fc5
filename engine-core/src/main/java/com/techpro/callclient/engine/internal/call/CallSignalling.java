// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.sip.DialogHandler;
import com.techpro.callclient.engine.internal.sip.InviteHandle;
import com.techpro.callclient.engine.internal.sip.InviteListener;
import com.techpro.callclient.engine.internal.sip.ReliableProvisional;
import com.techpro.callclient.engine.internal.sip.RequestListener;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.SipStack;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import org.jspecify.annotations.Nullable;

/** One call's messages: what the {@link CallMachine} wants sent, and what comes in for it. Belongs to the loop. */
final class CallSignalling implements DialogHandler {
    /** Where inputs and pressed keys go. */
    interface Listener {
        void input(Input input);

        void keyPressed(InfoDtmf key);
    }

    private final SipStack stack;
    private final SipEndpoint endpoint;
    private final Listener listener;
    private final @Nullable SipUri target;
    private final boolean encrypted;
    private final SessionTimer session;
    private final PressedKeys pressed;

    private @Nullable InviteHandle invite;
    private @Nullable SipResponse success;
    private @Nullable ServerTransactionHandle received;
    private @Nullable ServerTransactionHandle receivedUpdate;
    private @Nullable Dialog dialog;
    private boolean answerOpen;
    private boolean givenUp;
    private @Nullable ReliableProvisional reliable;
    private int byesOpen;

    private CallSignalling(Station station, SipEndpoint endpoint, @Nullable SipUri target, Listener listener) {
        this.stack = station.sip();
        this.session = new SessionTimer(station.loop(), listener::input);
        this.endpoint = endpoint;
        this.target = target;
        this.listener = listener;
        this.pressed = new PressedKeys(endpoint);
        this.encrypted = !endpoint.account().securityFloor().cleartextMedia();
    }

    static CallSignalling outgoing(Station station, SipEndpoint endpoint, @Nullable SipUri target, Listener listener) {
        return new CallSignalling(station, endpoint, target, listener);
    }

    /** Rings: the 180 makes an early dialog (RFC 3261 §12.1.1). */
    static CallSignalling incoming(
            Station station, SipEndpoint endpoint, ServerTransactionHandle invite, Listener listener) {
        CallSignalling signalling = new CallSignalling(station, endpoint, null, listener);
        signalling.received = invite;
        Dialog early = Dialog.uas(invite.request(), invite.localTag(), true);
        signalling.dialog = early;
        station.sip().register(early, signalling);
        signalling.ring(invite);
        return signalling;
    }

    private void ring(ServerTransactionHandle invite) {
        SipResponse.Builder ringing = endpoint.response(invite, 180);
        if (!invite.request().headers("Require").contains(ReliableProvisional.OPTION)) {
            invite.respond(ringing.build());
        } else if (invite.request().hasBody()) {
            reliable = endpoint.respondReliably(
                    invite,
                    ringing,
                    () -> listener.input(new Input.Broken(new Failure.TimedOut(Failure.Waited.RESPONSE))));
        }
        // Without an offer, the first reliable response would have to bring ours (RFC 3262 §5), and no media is open
        // yet: the caller
        // hears nothing until the 200, which does.
    }

    void perform(Effect effect) {
        if (effect instanceof Effect.Invite what) {
            invite(what.offer());
        } else if (effect instanceof Effect.Refresh) {
            update();
        } else if (effect instanceof Effect.Cancel && invite != null) {
            givenUp = true;
            invite.cancel();
        } else if (effect instanceof Effect.Acknowledge) {
            acknowledge();
        } else if (effect instanceof Effect.Discard && invite != null && success != null) {
            invite.discard(success);
        } else if (effect instanceof Effect.Respond what && received != null) {
            respond(received, what.status(), what.description());
            received = null;
        } else if (effect instanceof Effect.RespondToUpdate what && receivedUpdate != null) {
            respond(receivedUpdate, what.status(), what.description());
            receivedUpdate = null;
        } else if (effect instanceof Effect.Bye) {
            bye();
        }
    }

    /** Whether a goodbye of ours is still on its way. */
    boolean isBusy() {
        return byesOpen > 0;
    }

    /** Null if the other side is none, or the call is not established. */
    @Nullable
    Focus focus() {
        Dialog open = dialog;
        return open == null || open.isEarly() || !open.isFocus()
                ? null
                : new Focus(stack, endpoint, open.remoteTarget());
    }

    void release() {
        session.stop();
        stopRinging();
        if (dialog != null) {
            stack.unregister(dialog);
        }
    }

    /** Presses keys by INFO, each when the one before has been answered. */
    void sendTones(String keys) {
        if (dialog != null) {
            pressed.send(keys, dialog);
        }
    }

    private void invite(SessionDescription offer) {
        byte[] body = offer.encode();
        if (dialog != null) {
            SipRequest.Builder request = dialog.request("INVITE").body(SessionDescription.CONTENT_TYPE, body);
            session.ask(request);
            Outcome outcome = new Outcome(false, offer);
            invite = endpoint.invite(dialog, request, outcome);
            outcome.handle = invite;
        } else if (target != null) {
            SipRequest before = invite == null ? null : invite.request();
            answerOpen = true;
            SipRequest.Builder request =
                    endpoint.newRequest("INVITE", target).body(SessionDescription.CONTENT_TYPE, body);
            if (before != null) {
                // The same call once more (RFC 4028 §7.4).
                request.from(before.from())
                        .callId(before.callId())
                        .cseq(before.cseq().number() + 1, "INVITE");
            }
            session.ask(request);
            Outcome outcome = new Outcome(true, offer);
            invite = endpoint.invite(request, outcome);
            outcome.handle = invite;
        }
    }

    /** Refreshes the session without touching what was agreed. */
    private void update() {
        if (dialog == null) {
            return;
        }
        SipRequest.Builder request = dialog.request("UPDATE");
        session.ask(request);
        endpoint.send(dialog, request, new RequestListener() {
            @Override
            public void success(SipResponse response) {
                session.accepted(response);
                listener.input(new Input.Refreshed());
            }

            @Override
            public void rejected(SipResponse response, Failure why) {
                if (session.raise(response)) {
                    update();
                    return;
                }
                if (response.status() == 405 || response.status() == 501) {
                    session.updateRefused();
                }
                listener.input(
                        new Input.RefreshRefused(response.status(), Endings.of(response.status(), why, encrypted)));
            }

            @Override
            public void failed(Failure why) {
                listener.input(new Input.RefreshUnanswered(why));
            }
        });
    }

    private void acknowledge() {
        if (invite == null || success == null) {
            return;
        }
        if (dialog == null) {
            dialog = invite.dialog(success);
            stack.register(dialog, this);
        }
        invite.acknowledge(dialog);
    }

    private void stopRinging() {
        if (reliable != null) {
            reliable.stop();
        }
    }

    private void respond(ServerTransactionHandle transaction, int status, @Nullable SessionDescription description) {
        if (transaction == received) {
            stopRinging();
        }
        SipResponse.Builder response = endpoint.response(transaction, status);
        if (status < 300 && dialog != null) {
            dialog.confirm();
        }
        if (status < 300) {
            session.accept(transaction.request(), response);
        }
        if (description != null) {
            response.body(SessionDescription.CONTENT_TYPE, description.encode());
        }
        transaction.respond(response.build());
    }

    private void bye() {
        session.stop();
        if (dialog == null) {
            return;
        }
        byesOpen++;
        endpoint.send(dialog, dialog.request("BYE"), new RequestListener() {
            @Override
            public void success(SipResponse response) {
                over();
            }

            @Override
            public void rejected(SipResponse response, Failure why) {
                over();
            }

            @Override
            public void failed(Failure why) {
                over();
            }

            private void over() {
                byesOpen--;
                listener.input(new Input.GoodbyeDone());
            }
        });
    }

    @Override
    public void request(ServerTransactionHandle request) {
        switch (request.request().method()) {
            case "BYE" -> {
                request.respond(200);
                listener.input(new Input.Goodbye(Endings.answeredElsewhere(request.request())));
            }
            case "INVITE", "UPDATE" -> offered(request);
            case "INFO" -> info(request);
            case "PRACK" -> acknowledged(request);
            case "OPTIONS" -> request.respond(200);
            case "NOTIFY" -> request.respond(481);
            default -> request.respond(501);
        }
    }

    private void offered(ServerTransactionHandle request) {
        int refusal = Bodies.refusal(request.request());
        SessionDescription offer = Bodies.description(request.request());
        if (refusal != 0) {
            request.respond(refusal);
        } else if (SessionTerms.isTooShort(request.request())) {
            SipResponse.Builder tooShort = request.response(422);
            request.respond(tooShort.set("Min-SE", Long.toString(SessionTerms.SHORTEST.getSeconds()))
                    .build());
        } else if (request.request().isMethod("INVITE")) {
            received = request;
            listener.input(new Input.Offered(offer));
        } else {
            receivedUpdate = request;
            listener.input(new Input.Updated(offer));
        }
    }

    /** RFC 3262 §3. There is nothing to offer in it: our ringing answered nothing yet. */
    private void acknowledged(ServerTransactionHandle prack) {
        if (reliable == null || !reliable.acknowledge(prack.request())) {
            prack.respond(481);
        } else {
            prack.respond(prack.request().hasBody() ? 488 : 200);
        }
    }

    private void info(ServerTransactionHandle request) {
        InfoDtmf key = InfoDtmf.parse(request.request());
        request.respond(key != null || !request.request().hasBody() ? 200 : 415);
        if (key != null) {
            listener.keyPressed(key);
        }
    }

    @Override
    public void ack(SipRequest ack) {
        listener.input(new Input.Acknowledged(Bodies.description(ack)));
    }

    @Override
    public void ackTimedOut() {
        listener.input(new Input.AckMissing());
    }

    /** Hears what becomes of one INVITE. */
    private final class Outcome implements InviteListener {
        private final boolean first;
        private final SessionDescription offer;
        private @Nullable InviteHandle handle;

        Outcome(boolean first, SessionDescription offer) {
            this.first = first;
            this.offer = offer;
        }

        @Override
        public void provisional(SipResponse response) {
            if (first) {
                boolean ringing = response.status() == 180 || response.status() == 182;
                listener.input(new Input.Progress(ringing, Bodies.description(response)));
            }
        }

        @Override
        public void accepted(SipResponse response) {
            if (first && !answerOpen) {
                // Another phone of a fork was answered as well (RFC 3261 §13.2.2.4).
                if (handle != null) {
                    handle.discard(response);
                }
                return;
            }
            answerOpen = false;
            success = response;
            session.accepted(response);
            if (!first && dialog != null) {
                dialog.confirm(response);
            }
            listener.input(new Input.Accepted(Bodies.description(response)));
        }

        @Override
        public void rejected(SipResponse response, Failure why) {
            answerOpen = false;
            if (!givenUp && session.raise(response)) {
                invite(offer);
                return;
            }
            listener.input(new Input.Refused(response.status(), Endings.of(response.status(), why, encrypted)));
        }

        @Override
        public void failed(Failure why) {
            answerOpen = false;
            listener.input(new Input.Unanswered(why));
        }
    }
}
