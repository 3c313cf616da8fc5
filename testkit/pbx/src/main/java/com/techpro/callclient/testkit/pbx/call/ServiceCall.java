// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.pbx.media.EchoSource;
import com.techpro.callclient.testkit.pbx.media.MediaSource;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import com.techpro.callclient.testkit.pbx.media.SupportedFormats;
import com.techpro.callclient.testkit.pbx.media.VoiceFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that the PBX itself answers or makes: echo, tone, room or voicemail. On the signalling
 * loop.
 */
public final class ServiceCall implements CallControl {
    private final ActiveCalls calls;
    private final MediaSource voice;
    private final Listener listener;
    private final List<Leg> ringing = new ArrayList<>();
    private @Nullable Leg leg;
    private @Nullable Timer patience;
    private int bestRefusal = 480;
    private boolean released;
    private boolean ended;

    public ServiceCall(ActiveCalls calls, MediaSource voice) {
        this(calls, voice, new Listener() {});
    }

    public ServiceCall(ActiveCalls calls, MediaSource voice, Listener listener) {
        this.calls = calls;
        this.voice = voice;
        this.listener = listener;
    }

    /** Receives the call's events, on the signalling loop. */
    public interface Listener {
        /** The device talks or holds; the direction is as the device sees it. */
        default void talks(Leg leg, String direction) {}

        /** A device that the PBX called rings. */
        default void rings() {}

        /** A REFER arrived in the dialog (RFC 3515). */
        default void referred(Leg leg, ServerTransactionHandle transaction) {
            transaction.respond(
                    transaction.response(405).set("Allow", CallControl.ALLOW).build());
        }

        /**
         * The call has ended.
         *
         * @param refusal the final status if an outgoing call was never answered, else 0
         */
        default void ended(int refusal) {}
    }

    /** The device; null before an answer. */
    @Nullable
    public Leg leg() {
        return leg;
    }

    @Override
    public List<Leg> legs() {
        return leg != null ? List.of(leg) : List.copyOf(ringing);
    }

    public boolean over() {
        return ended;
    }

    /** Calls devices; the first to answer gets the call. */
    public void dial(List<Leg.Maker> devices, Duration noAnswer) {
        dial(devices, Map.of(), noAnswer);
    }

    public void dial(List<Leg.Maker> devices, Map<String, String> headers, Duration noAnswer) {
        for (Leg.Maker device : devices) {
            ringing.add(device.make(this));
        }
        if (ringing.isEmpty()) {
            end();
            return;
        }
        patience = calls.loop().schedule(noAnswer, this::hangUp);
        for (Leg device : List.copyOf(ringing)) {
            device.call(device.media().offer(SupportedFormats.ALL, "sendrecv"), headers, new Ringing(device));
        }
    }

    /** Handles the responses of one ringing device. */
    private final class Ringing implements InviteOutcome {
        private final Leg device;

        private Ringing(Leg device) {
            this.device = device;
        }

        @Override
        public void progress(SipResponse response) {
            if (response.status() > 100 && !ended && leg == null) {
                listener.rings();
            }
        }

        @Override
        public void accepted(SipResponse ok) {
            ringing.remove(device);
            device.acknowledge(ok, null);
            Sdp answer = SdpBody.of(ok);
            Sdp.Section audio = answer == null ? null : device.media().acceptAnswer(answer);
            if (ended || leg != null || answer == null || audio == null) {
                device.bye(leg == null ? null : BridgedCall.ANSWERED_ELSEWHERE);
                device.close();
                refused(488);
                return;
            }
            stopPatience();
            leg = device;
            ringing.forEach(other -> other.cancel(BridgedCall.ANSWERED_ELSEWHERE));
            device.media().commit();
            speak(device, audio, answer.directionOf(audio));
            calls.connected(ServiceCall.this);
        }

        @Override
        public void refused(int status) {
            if (ringing.remove(device)) {
                device.close();
            }
            if (leg == null && !ended) {
                bestRefusal = status;
                if (ringing.isEmpty()) {
                    end();
                }
            }
        }
    }

    public void start(Leg caller, ServerTransactionHandle invite) {
        leg = caller;
        caller.opened(invite);
        answer(caller, invite.request());
        if (!caller.negotiating()) {
            end();
        }
    }

    /** As {@link #start}, after some early media. */
    public void startEarly(Leg caller, ServerTransactionHandle invite, Duration early) {
        leg = caller;
        caller.opened(invite);
        Sdp offer = SdpBody.of(invite.request());
        Sdp.Section audio = offer == null ? null : caller.media().acceptOffer(offer);
        Sdp.Section common = audio == null ? null : SupportedFormats.common(audio);
        if (offer == null || audio == null || common == null) {
            caller.refuse(488);
            end();
            return;
        }
        byte[] answer = caller.media().answer(common, SupportedFormats.opposite(offer.directionOf(audio)));
        caller.progress(183, answer);
        speak(caller, common, offer.directionOf(audio));
        patience = calls.loop().schedule(early, () -> caller.accept(answer));
    }

    /** Takes over a device from another call. */
    public void adopt(Leg device) {
        leg = device;
        device.call().release(device);
        device.handOver(this);
        Renegotiation.begin(
                calls.loop(), device, SupportedFormats.ALL, "sendrecv", Map.of(), new Renegotiation.Outcome() {
                    @Override
                    public void agreed(Sdp.Section audio, String direction) {
                        if (!ended) {
                            speak(device, audio, direction);
                        }
                    }

                    @Override
                    public void refused(int status) {
                        if (!ended) {
                            hangUp();
                        }
                    }
                });
    }

    @Override
    public void requested(Leg caller, ServerTransactionHandle transaction) {
        if (caller != leg) {
            transaction.respond(transaction.request().isMethod("BYE") ? 200 : 481);
            return;
        }
        switch (transaction.request().method()) {
            case "INVITE" -> {
                if (caller.negotiating()) {
                    transaction.respond(491);
                    return;
                }
                caller.dialog().refreshTarget(transaction.request());
                caller.opened(transaction);
                answer(caller, transaction.request());
            }
            case "BYE" -> {
                transaction.respond(200);
                end();
            }
            case "REFER" -> listener.referred(caller, transaction);
            default -> transaction.respond(200);
        }
    }

    @Override
    public void cancelled(Leg caller) {
        caller.refuse(487);
        end();
    }

    @Override
    public void acknowledged(Leg caller, SipRequest ack) {
        Sdp late = caller.media().agreed() == null ? SdpBody.of(ack) : null;
        if (late != null) {
            Sdp.Section audio = caller.media().acceptAnswer(late);
            if (audio != null) {
                caller.media().commit();
                speak(caller, audio, late.directionOf(audio));
            } else {
                hangUp();
            }
        } else if (caller.media().agreed() == null) {
            hangUp();
        }
    }

    @Override
    public void lost(Leg caller) {
        hangUp();
    }

    @Override
    public void release(Leg caller) {
        released = true;
        end();
    }

    @Override
    public void hangUp() {
        if (leg != null && !leg.closed()) {
            leg.bye(null);
        }
        end();
    }

    @Override
    public void drop() {
        ringing.forEach(Leg::close);
        ringing.clear();
        end();
    }

    private void answer(Leg caller, SipRequest invite) {
        if (!invite.hasBody()) {
            caller.accept(caller.media().offer(SupportedFormats.ALL, "sendrecv"));
            return;
        }
        Sdp offer = SdpBody.of(invite);
        Sdp.Section audio = offer == null ? null : caller.media().acceptOffer(offer);
        Sdp.Section common = audio == null ? null : SupportedFormats.common(audio);
        if (offer == null || audio == null || common == null) {
            caller.media().withdraw();
            caller.refuse(488);
            return;
        }
        caller.accept(caller.media().answer(common, SupportedFormats.opposite(offer.directionOf(audio))));
        speak(caller, common, offer.directionOf(audio));
    }

    /** @param direction as the device sees it */
    private void speak(Leg caller, Sdp.Section formats, String direction) {
        VoiceFormat format = SupportedFormats.voice(formats, direction);
        caller.media()
                .port()
                .deliverTo(voice instanceof EchoSource ? caller.tellingKeys(voice, format.eventType()) : voice);
        voice.speak(caller.media().port(), format);
        listener.talks(caller, direction);
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        stopPatience();
        voice.close();
        // Devices that still ring close their legs once their INVITE has its final response.
        ringing.forEach(device -> device.cancel(null));
        if (leg != null && !released) {
            leg.close();
        }
        calls.ended(this);
        listener.ended(leg == null ? bestRefusal : 0);
    }

    private void stopPatience() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
    }
}
