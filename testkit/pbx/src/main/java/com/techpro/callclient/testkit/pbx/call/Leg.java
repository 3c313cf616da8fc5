// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ClientListener;
import com.techpro.callclient.stack.sip.transaction.ClientTransactionHandle;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.testkit.pbx.media.LegMedia;
import com.techpro.callclient.testkit.pbx.media.PacketSink;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.media.SupportedFormats;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One device's side of a call: its dialog, its media, and at most one open INVITE. It executes the
 * decisions of the {@link CallControl} it belongs to.
 */
public final class Leg {
    private final LegContext context;
    private final Consumer<Leg> whenClosed;
    private Flow flow;
    private final LegDialog dialog;
    private final LegMedia media;
    private CallControl call;

    private @Nullable ServerTransactionHandle received;
    private @Nullable ClientTransactionHandle sent;
    private @Nullable SipRequest lastAck;
    private @Nullable ServerTransactionHandle unacknowledged;
    private final @Nullable String extension;
    private final @Nullable LegSessionTimer session;
    private final LegReferral referral = new LegReferral(this);
    private final WatchedState watched;
    private boolean cancelled;
    private boolean closed;

    /** Creates the leg once its call exists. */
    public interface Maker {
        Leg make(CallControl call);
    }

    /** @param whenClosed called once when everything is released */
    Leg(
            LegContext context,
            Flow flow,
            @Nullable String extension,
            LegDialog dialog,
            LegMedia media,
            CallControl call,
            Consumer<Leg> whenClosed) {
        this.extension = extension;
        this.context = context;
        this.whenClosed = whenClosed;
        this.flow = flow;
        this.dialog = dialog;
        this.media = media;
        this.call = call;
        this.watched = new WatchedState(context, extension, dialog);
        this.session = does(FieldBehaviour.SHORT_SESSION_TIMERS) ? new LegSessionTimer(this, context.loop()) : null;
    }

    public CallControl call() {
        return call;
    }

    /** Assigns the leg to another call. */
    public void handOver(CallControl next) {
        call = next;
    }

    /** Whether the PBX shows this behaviour towards the leg's phone. */
    public boolean does(FieldBehaviour behaviour) {
        return context.does(behaviour, extension);
    }

    private String allow() {
        return does(FieldBehaviour.SHORT_SESSION_TIMERS) ? CallControl.ALLOW + ", UPDATE" : CallControl.ALLOW;
    }

    /** Whether the dialog is established and neither side has sent BYE. */
    public boolean talks() {
        return !closed && media.agreed() != null && received == null;
    }

    public LegDialog dialog() {
        return dialog;
    }

    LegMedia media() {
        return media;
    }

    /** Returns the flow on which the device was last heard. */
    public Flow flow() {
        return flow;
    }

    /** Whether the flow on which the device was last heard is still open. */
    public boolean isReachable() {
        return flow.isOpen();
    }

    /** The device is on that flow now (RFC 5626 §4.3); requests to it go there. */
    public void moveTo(Flow other) {
        flow = other;
    }

    boolean closed() {
        return closed;
    }

    /**
     * Whether an INVITE is open in either direction, so that another would be glare (RFC 3261 §14).
     */
    boolean negotiating() {
        return received != null || sent != null || unacknowledged != null;
    }

    // ---- As the called side ----

    /** An INVITE from the device awaits its final response. */
    void opened(ServerTransactionHandle invite) {
        received = invite;
        watched.trying();
    }

    /** Whether that INVITE is the open one: unanswered, or accepted without an ACK yet. */
    public boolean awaits(ServerTransactionHandle invite) {
        return received == invite || unacknowledged == invite;
    }

    /** Sends a provisional response to the open INVITE. */
    void progress(int status, byte @Nullable [] sdp) {
        ServerTransactionHandle invite = received;
        if (invite != null) {
            invite.respond(answer(invite, status, sdp).build());
        }
    }

    /** Answers the open INVITE with 200. */
    void accept(byte[] sdp) {
        ServerTransactionHandle invite = received;
        if (invite != null) {
            received = null;
            unacknowledged = invite;
            watched.show(WatchedLeg.State.CONFIRMED);
            invite.respond(answer(invite, 200, sdp).build());
        }
    }

    /**
     * Answers an INVITE with formats that the PBX itself supports.
     *
     * @return those formats; null if the INVITE was refused and the leg closed, for lack of an
     *     offer or a known format
     */
    public Sdp.@Nullable Section take(ServerTransactionHandle invite) {
        Sdp offer = SdpBody.of(invite.request());
        Sdp.Section audio = offer == null ? null : media.acceptOffer(offer);
        Sdp.Section common = audio == null ? null : SupportedFormats.common(audio);
        if (offer == null || audio == null || common == null) {
            invite.respond(488);
            close();
            return null;
        }
        opened(invite);
        accept(media.answer(common, SupportedFormats.opposite(offer.directionOf(audio))));
        return common;
    }

    /** Refuses the open INVITE. */
    void refuse(int status) {
        refuse(status, Map.of());
    }

    void refuse(int status, Map<String, String> headers) {
        ServerTransactionHandle invite = received;
        if (invite != null) {
            received = null;
            SipResponse.Builder refusal = answer(invite, status, null);
            headers.forEach(refusal::set);
            invite.respond(refusal.build());
        }
    }

    /** The device sent the ACK for a 2xx. */
    public void acknowledged(SipRequest ack) {
        unacknowledged = null;
        call.acknowledged(this, ack);
    }

    private SipResponse.Builder answer(ServerTransactionHandle invite, int status, byte @Nullable [] sdp) {
        SipResponse.Builder response = invite.response(status);
        if (status < 300) {
            response.contact(dialog.contact());
            response.set("Allow", allow());
            response.add("Supported", "replaces");
        }
        if (status == 200 && session != null) {
            session.answering(invite.request(), response);
        }
        if (sdp != null) {
            response.body("application/sdp", sdp);
        }
        return response;
    }

    // ---- As the calling side ----

    /** Sends an INVITE and reports its outcome to the listener. */
    void invite(byte @Nullable [] sdp, Map<String, String> headers, InviteOutcome outcome) {
        invite(sdp, headers, outcome, false);
    }

    /**
     * Starts a call as {@link #invite} does. If it offers DTLS and is refused, tries once more
     * without DTLS.
     */
    void call(byte @Nullable [] sdp, Map<String, String> headers, InviteOutcome outcome) {
        invite(sdp, headers, outcome, sdp != null && media.offersDtls());
    }

    private void invite(
            byte @Nullable [] sdp, Map<String, String> headers, InviteOutcome outcome, boolean orWithoutDtls) {
        SipRequest.Builder invite = dialog.request("INVITE").contact(dialog.contact());
        headers.forEach(invite::set);
        invite.set("Allow", allow());
        if (session != null) {
            session.inviting(invite);
        }
        invite.add("Supported", "replaces");
        if (sdp != null) {
            invite.body("application/sdp", sdp);
        }
        lastAck = null;
        sent = context.transactions().send(invite.build(), flow, new ClientListener() {
            @Override
            public void response(SipResponse response) {
                if (response.isProvisional()) {
                    if (response.status() > 100 && response.to().tag() != null) {
                        dialog.establish(response);
                        watched.show(WatchedLeg.State.EARLY);
                    }
                    outcome.progress(response);
                } else if (response.isSuccess()) {
                    answered(response, outcome);
                } else {
                    sent = null;
                    if (response.status() < 400) {
                        outcome.redirected(response);
                    } else if (response.status() == 488 && orWithoutDtls && !cancelled) {
                        invite(media.offerWithoutDtls(), headers, outcome);
                    } else {
                        outcome.refused(response.status());
                    }
                }
            }

            @Override
            public void failed(Failure why) {
                sent = null;
                // RFC 3261 §8.1.3.1: a timeout counts as 408, a broken connection as 503.
                outcome.refused(why instanceof Failure.TimedOut ? 408 : 503);
            }
        });
    }

    /**
     * Sends a re-INVITE with an offer made by the leg's media. Reports its final status to the
     * listener; 488 if the answer does not fit.
     */
    void reInvite(byte[] offer, Map<String, String> headers, IntConsumer finalStatus) {
        invite(offer, headers, new InviteOutcome() {
            @Override
            public void accepted(SipResponse ok) {
                acknowledge(ok, null);
                Sdp answer = SdpBody.of(ok);
                boolean fits = !closed && answer != null && media.acceptAnswer(answer) != null;
                if (fits) {
                    media.commit();
                }
                finalStatus.accept(fits ? ok.status() : 488);
            }

            @Override
            public void refused(int status) {
                media.withdraw();
                finalStatus.accept(status);
            }
        });
    }

    private void answered(SipResponse ok, InviteOutcome outcome) {
        if (sent == null) {
            repeatAck();
            return;
        }
        sent = null;
        dialog.establish(ok);
        watched.show(WatchedLeg.State.CONFIRMED);
        if (session != null) {
            session.accepted(ok);
        }
        outcome.accepted(ok);
    }

    /** The device retransmitted its 2xx: our ACK was lost. */
    public void repeatAck() {
        if (lastAck != null) {
            sendAck(lastAck);
        }
    }

    private void sendAck(SipRequest ack) {
        lastAck = context.transactions().sendAck(ack, flow);
    }

    /** Sends the ACK for a 2xx. */
    void acknowledge(SipResponse ok, byte @Nullable [] sdp) {
        SipRequest.Builder ack = dialog.ack(ok.cseq().number());
        if (sdp != null) {
            ack.body("application/sdp", sdp);
        }
        sendAck(ack.build());
    }

    /** Cancels the open outgoing INVITE. */
    void cancel(@Nullable String reason) {
        cancelled = true;
        if (sent != null) {
            context.transactions().cancel(sent, reason);
        }
    }

    // ---- Either way ----

    /**
     * Sends a request other than INVITE and reports its final status to the listener; 408 if there
     * is none.
     */
    void send(SipRequest.Builder request, IntConsumer finalStatus) {
        context.transactions().send(request.build(), flow, new ClientListener() {
            @Override
            public void response(SipResponse response) {
                if (response.isFinal()) {
                    finalStatus.accept(response.status());
                }
            }

            @Override
            public void failed(Failure why) {
                finalStatus.accept(408);
            }
        });
    }

    /**
     * Handles the device's UPDATE without SDP as a session refresh, if the leg has a session timer.
     */
    public boolean refresh(ServerTransactionHandle update) {
        if (session == null
                || !update.request().isMethod("UPDATE")
                || update.request().hasBody()) {
            return false;
        }
        dialog.refreshTarget(update.request());
        session.refreshed(update);
        return true;
    }

    /** Returns the PBX's REFER to the device, and its progress. */
    public LegReferral referral() {
        return referral;
    }

    /** Returns the extension of the device; null if it has none. */
    public @Nullable String extension() {
        return extension;
    }

    /**
     * Wraps a sink whose telephone events go to the device. If the PBX behaves so, it also sends
     * each key as INFO.
     */
    PacketSink tellingKeys(PacketSink passed, int eventType) {
        return eventType >= 0 && does(FieldBehaviour.KEYS_BY_INFO_TOO)
                ? PacketSink.tellingKeys(
                        passed, eventType, key -> context.loop().execute(() -> tellKey((char) key)))
                : passed;
    }

    private void tellKey(char key) {
        if (!closed) {
            byte[] body = ("Signal=" + key + "\r\nDuration=160\r\n").getBytes(StandardCharsets.US_ASCII);
            send(dialog.request("INFO").contact(dialog.contact()).body("application/dtmf-relay", body), status -> {
                // The RTP event itself has been forwarded already.
            });
        }
    }

    /** Ends the dialog. */
    void bye(@Nullable String reason) {
        SipRequest.Builder bye = dialog.request("BYE");
        if (reason != null) {
            bye.set("Reason", reason);
        }
        send(bye, status -> {
            // Any response ends it.
        });
    }

    WatchedState watched() {
        return watched;
    }

    /** Releases everything. */
    void close() {
        if (!closed) {
            closed = true;
            if (session != null) {
                session.stop();
            }
            media.port().close();
            whenClosed.accept(this);
            watched.show(WatchedLeg.State.TERMINATED);
        }
    }
}
