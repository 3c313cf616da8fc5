// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.pbx.media.MediaPort;
import com.techpro.callclient.testkit.pbx.media.PacketSink;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.media.SupportedFormats;
import com.techpro.callclient.testkit.pbx.media.Transcoder;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Negotiates between the two sides of a bridged call. It forwards their offers and answers, at
 * first and in re-INVITEs (RFC 3261 §14), and connects their media. On the signalling loop.
 */
final class BridgedSession {
    private final ActiveCalls calls;
    private final Leg caller;
    private final Runnable hangUp;
    private final Map<Leg, InviteForwarding> awaitingAck = new HashMap<>();
    private final @Nullable HoldMusic music;
    private @Nullable Leg callee;
    private @Nullable DirectMedia direct;
    private @Nullable SipResponse lateOffer;
    private Sdp.@Nullable Section agreed;
    private boolean bothWays = true;
    private boolean joining;
    private @Nullable Transcoding transcoding;

    /** Two legs with different codecs and each one's formats, until {@code end}. */
    private record Transcoding(Leg one, Sdp.Section ones, Leg other, Sdp.Section others, Runnable end) {
        boolean is(Leg leg, Sdp.Section its, Sdp.Section theirs) {
            return leg == one ? ones.equals(its) && others.equals(theirs) : ones.equals(theirs) && others.equals(its);
        }

        Sdp.Section of(Leg leg) {
            return leg == one ? ones : others;
        }
    }

    /** @param hangUp called if the two cannot agree, or one of them is gone */
    BridgedSession(ActiveCalls calls, Leg caller, Runnable hangUp) {
        this.calls = calls;
        this.caller = caller;
        this.hangUp = hangUp;
        this.music = caller.does(FieldBehaviour.MUSIC_ON_HOLD) ? new HoldMusic(calls.music()) : null;
    }

    /** Forwards the callee's answer to the caller. */
    void answered(InviteForwarding passage, SipResponse ok) {
        callee = passage.to();
        if (passage.awaitsAck()) {
            lateOffer = ok;
            awaitingAck.put(caller, passage);
        } else {
            passage.to().acknowledge(ok, null);
            agreed(passage);
        }
        connect(passage);
        if (caller.does(FieldBehaviour.DIRECT_MEDIA) && passage.to().does(FieldBehaviour.DIRECT_MEDIA)) {
            direct = new DirectMedia(calls.loop(), caller, passage.to(), hangUp);
        }
    }

    /** Joins two devices that were in other calls. */
    void join(Leg other, Sdp.@Nullable Section ones) {
        callee = other;
        joining = true;
        connect(other);
        CallConnector.Outcome outcome = new CallConnector.Outcome() {
            @Override
            public void agreed(Sdp.Section formats, boolean flowing) {
                joining = false;
                agreed = formats;
                bothWays = flowing;
                connect(other);
                if (caller.does(FieldBehaviour.DIRECT_MEDIA) && other.does(FieldBehaviour.DIRECT_MEDIA)) {
                    direct = new DirectMedia(calls.loop(), caller, other, hangUp);
                    pointAtEachOther();
                }
            }

            @Override
            public void transcoded(Sdp.Section ours, Sdp.Section theirs) {
                joining = false;
                transcode(caller, ours, other, theirs);
            }

            @Override
            public void failed() {
                hangUp.run();
            }
        };
        new CallConnector(calls.loop(), caller, other, outcome).begin(ones);
    }

    /**
     * Puts an agreement into force. If they share no format, there is no music on hold and no
     * direct media.
     */
    private void agreed(InviteForwarding passage) {
        agreed = passage.senders() == null ? passage.agreed() : null;
    }

    /** Connects the media of both sides in the agreed formats. */
    void connect(InviteForwarding passage) {
        Sdp.Section ours = passage.senders();
        Sdp.Section theirs = passage.agreed();
        if (ours == null || theirs == null) {
            connect(passage.from() == caller ? passage.to() : passage.from());
            return;
        }
        Transcoding running = transcoding;
        if (running == null || !running.is(passage.from(), ours, theirs)) {
            transcode(passage.from(), ours, passage.to(), theirs);
        }
    }

    private void transcode(Leg one, Sdp.Section ones, Leg other, Sdp.Section others) {
        stopTranscoding();
        Runnable end =
                Transcoder.between(one.media().port(), ones, other.media().port(), others);
        transcoding = new Transcoding(one, ones, other, others, end);
    }

    private void stopTranscoding() {
        if (transcoding != null) {
            transcoding.end().run();
            transcoding = null;
        }
    }

    private void connect(Leg other) {
        caller.media().port().deliverTo(relayTo(other));
        other.media().port().deliverTo(relayTo(caller));
    }

    private PacketSink relayTo(Leg leg) {
        MediaPort port = leg.media().port();
        int events =
                agreed == null ? -1 : SupportedFormats.voice(agreed, "sendrecv").eventType();
        PacketSink relay = events >= 0 && leg.does(FieldBehaviour.RESTAMPS_KEYS)
                ? PacketSink.restampingKeys(port, events)
                : PacketSink.relayTo(port);
        return leg.tellingKeys(relay, events);
    }

    void reInvite(Leg leg, ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        Leg other = leg == caller ? callee : caller;
        if (other == null || joining || leg.negotiating() || other.negotiating()) {
            transaction.respond(491);
            return;
        }
        leg.dialog().refreshTarget(request);
        leg.opened(transaction);
        Sdp offer = null;
        if (request.hasBody()) {
            offer = SdpBody.of(request);
            Sdp.Section audio = offer == null ? null : leg.media().acceptOffer(offer);
            if (audio == null) {
                leg.refuse(488);
                return;
            }
            if (leg.does(FieldBehaviour.FIRST_CODEC_OF_LATER_OFFERS) && isAnotherCodec(audio)) {
                leg.refuse(488);
                hangUp.run();
                return;
            }
        }
        if (direct != null) {
            direct.pause();
        }
        Transcoding running = transcoding;
        if (running != null) {
            Sdp.Section theirs = running.of(other);
            InviteForwarding passage = offer == null ? null : InviteForwarding.transcoding(leg, other, offer, theirs);
            if (passage == null) {
                leg.refuse(488);
            } else {
                forward(leg, other, passage);
            }
        } else if (offer == null || !takenByMusic(leg, other, offer)) {
            forward(leg, other, InviteForwarding.of(leg, other, offer));
        }
    }

    /** Whether an offer begins with another codec than the agreed one; false while transcoding. */
    private boolean isAnotherCodec(Sdp.Section audio) {
        Sdp.Section spoken = agreed;
        return spoken != null && transcoding == null && !SupportedFormats.beginAlike(audio, spoken);
    }

    private boolean takenByMusic(Leg leg, Leg other, Sdp offer) {
        Sdp.Section formats = agreed;
        Runnable connect = () -> connect(leg == caller ? other : leg);
        if (music == null || formats == null || !music.takes(leg, other, offer, formats, connect)) {
            return false;
        }
        bothWays = music.silent();
        if (direct != null) {
            direct.bringBack(other, formats);
        }
        return true;
    }

    private void forward(Leg leg, Leg other, InviteForwarding passage) {
        other.invite(passage.forward(), Map.of(), new InviteOutcome() {
            @Override
            public void accepted(SipResponse ok) {
                byte[] answer = passage.answer(ok);
                if (answer == null) {
                    other.acknowledge(ok, null);
                    leg.refuse(488);
                    hangUp.run();
                } else if (passage.awaitsAck()) {
                    lateOffer = ok;
                    awaitingAck.put(leg, passage);
                    leg.accept(answer);
                } else {
                    other.acknowledge(ok, null);
                    leg.accept(answer);
                    agreed(passage);
                    if (passage.senders() != null) {
                        connect(passage);
                    }
                    bothWays = passage.bothWays();
                }
            }

            @Override
            public void refused(int status) {
                passage.withdraw();
                leg.refuse(status);
                // RFC 3261 §12.2.1.2: these two mean that the dialog is gone.
                if (status == 408 || status == 481) {
                    hangUp.run();
                } else {
                    pointAtEachOther();
                }
            }
        });
    }

    /** A re-INVITE was cancelled: cancels the forwarded one, whose 487 then comes back. */
    void cancelled(Leg leg) {
        leg.refuse(487);
        Leg other = leg == caller ? callee : caller;
        if (other != null) {
            other.cancel(null);
        }
    }

    void acknowledged(Leg leg, SipRequest ack) {
        InviteForwarding passage = awaitingAck.remove(leg);
        SipResponse ok = lateOffer;
        if (passage != null && ok != null) {
            lateOffer = null;
            byte[] answer = passage.acknowledge(ack);
            agreed = passage.agreed();
            bothWays = passage.bothWays();
            passage.to().acknowledge(ok, answer);
            if (answer == null) {
                hangUp.run();
                return;
            }
        }
        pointAtEachOther();
    }

    private void pointAtEachOther() {
        Sdp.Section formats = agreed;
        if (direct != null && formats != null && bothWays) {
            direct.flows(formats);
        }
    }

    void stop() {
        stopTranscoding();
        if (music != null) {
            music.stop();
        }
        if (direct != null) {
            direct.stop();
        }
    }
}
