// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.Failure;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.sip.DialogHandler;
import com.techpro.callclient.engine.internal.sip.InviteHandle;
import com.techpro.callclient.engine.internal.sip.InviteListener;
import com.techpro.callclient.engine.internal.sip.RequestListener;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.SipStack;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One call's messages: what the {@link CallMachine} wants sent, and what comes in for it. Belongs to the loop. */
final class CallSignalling implements DialogHandler {
    private static final int MAX_TONES = 64;

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

    private @Nullable InviteHandle invite;
    private @Nullable SipResponse success;
    private @Nullable ServerTransactionHandle received;
    private @Nullable ServerTransactionHandle receivedUpdate;
    private @Nullable Dialog dialog;
    private boolean answerOpen;
    private int byesOpen;
    private final Deque<InfoDtmf> tones = new ArrayDeque<>();
    private boolean infoOpen;

    private CallSignalling(SipStack stack, SipEndpoint endpoint, @Nullable SipUri target, Listener listener) {
        this.stack = stack;
        this.endpoint = endpoint;
        this.target = target;
        this.listener = listener;
        this.encrypted = !endpoint.account().securityFloor().cleartextMedia();
    }

    static CallSignalling outgoing(SipStack stack, SipEndpoint endpoint, @Nullable SipUri target, Listener listener) {
        return new CallSignalling(stack, endpoint, target, listener);
    }

    /** Rings: the 180 makes an early dialog (RFC 3261 §12.1.1). */
    static CallSignalling incoming(
            SipStack stack, SipEndpoint endpoint, ServerTransactionHandle invite, Listener listener) {
        CallSignalling signalling = new CallSignalling(stack, endpoint, null, listener);
        signalling.received = invite;
        SipResponse ringing = endpoint.response(invite, 180).build();
        invite.respond(ringing);
        signalling.dialog = Dialog.uas(invite.request(), ringing);
        stack.register(signalling.dialog, signalling);
        return signalling;
    }

    void perform(Effect effect) {
        if (effect instanceof Effect.Invite what) {
            invite(what.offer());
        } else if (effect instanceof Effect.Cancel && invite != null) {
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

    void release() {
        if (dialog != null) {
            stack.unregister(dialog);
        }
    }

    /** Presses keys by INFO, each when the one before has been answered. */
    void sendTones(String keys) {
        for (int i = 0; i < keys.length() && tones.size() < MAX_TONES; i++) {
            tones.add(InfoDtmf.of(keys.charAt(i)));
        }
        sendNextTone();
    }

    private void invite(SessionDescription offer) {
        byte[] body = offer.encode();
        if (dialog != null) {
            SipRequest.Builder request = dialog.request("INVITE").body(SessionDescription.CONTENT_TYPE, body);
            Outcome outcome = new Outcome(false);
            invite = endpoint.invite(dialog, request, outcome);
            outcome.handle = invite;
        } else if (target != null) {
            answerOpen = true;
            SipRequest.Builder request =
                    endpoint.newRequest("INVITE", target).body(SessionDescription.CONTENT_TYPE, body);
            Outcome outcome = new Outcome(true);
            invite = endpoint.invite(request, outcome);
            outcome.handle = invite;
        }
    }

    private void acknowledge() {
        SipRequest request = invite == null ? null : invite.request();
        if (invite == null || success == null || request == null) {
            return;
        }
        if (dialog == null) {
            dialog = Dialog.uac(request, success);
            stack.register(dialog, this);
        }
        invite.acknowledge(dialog);
    }

    private void respond(ServerTransactionHandle transaction, int status, @Nullable SessionDescription description) {
        SipResponse.Builder response = endpoint.response(transaction, status);
        if (status < 300 && dialog != null) {
            dialog.confirm();
        }
        if (description != null) {
            response.body(SessionDescription.CONTENT_TYPE, description.encode());
        }
        transaction.respond(response.build());
    }

    private void bye() {
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
        } else if (request.request().isMethod("INVITE")) {
            received = request;
            listener.input(new Input.Offered(offer));
        } else {
            receivedUpdate = request;
            listener.input(new Input.Updated(offer));
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

    private void sendNextTone() {
        if (infoOpen || dialog == null) {
            return;
        }
        InfoDtmf tone = tones.poll();
        if (tone == null) {
            return;
        }
        infoOpen = true;
        SipRequest.Builder request = dialog.request("INFO").body(InfoDtmf.CONTENT_TYPE, tone.body());
        endpoint.send(dialog, request, new RequestListener() {
            @Override
            public void success(SipResponse response) {
                infoOpen = false;
                sendNextTone();
            }

            @Override
            public void rejected(SipResponse response, Failure why) {
                // The other side knows no keys by INFO either: there is no third way.
                infoOpen = false;
                tones.clear();
            }

            @Override
            public void failed(Failure why) {
                infoOpen = false;
                tones.clear();
            }
        });
    }

    /** Hears what becomes of one INVITE. */
    private final class Outcome implements InviteListener {
        private final boolean first;
        private @Nullable InviteHandle handle;

        Outcome(boolean first) {
            this.first = first;
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
            if (!first && dialog != null) {
                dialog.confirm(response);
            }
            listener.input(new Input.Accepted(Bodies.description(response)));
        }

        @Override
        public void rejected(SipResponse response, Failure why) {
            answerOpen = false;
            listener.input(new Input.Refused(response.status(), Endings.of(response.status(), why, encrypted)));
        }

        @Override
        public void failed(Failure why) {
            answerOpen = false;
            listener.input(new Input.Unanswered(why));
        }
    }
}
