// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that the PBX itself answers: echo or tone. On the signalling loop. */
final class ServiceCall implements Call {
    /** What the PBX speaks itself: both laws of G.711, and telephone events. */
    private static final Sdp.Section OWN_FORMATS = new Sdp.Section(
            "audio",
            0,
            "RTP/AVP",
            List.of("0", "8", "101"),
            null,
            List.of("rtpmap:0 PCMU/8000", "rtpmap:8 PCMA/8000", "rtpmap:101 telephone-event/8000", "fmtp:101 0-15"));

    private final Exchange exchange;
    private final Voice voice;
    private @Nullable Leg leg;

    ServiceCall(Exchange exchange, Voice voice) {
        this.exchange = exchange;
        this.voice = voice;
    }

    void start(Leg caller, ServerTransactionHandle invite) {
        leg = caller;
        caller.opened(invite);
        answer(caller, invite.request());
        if (!caller.negotiating()) {
            end();
        }
    }

    @Override
    public void requested(Leg caller, ServerTransactionHandle transaction) {
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
        Sdp late = caller.media().agreed() == null ? InvitePassage.sdpOf(ack) : null;
        if (late != null) {
            Sdp.Section audio = caller.media().acceptAnswer(late);
            if (audio != null) {
                caller.media().commit();
                speak(caller, audio);
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
    public void hangUp() {
        if (leg != null && !leg.closed()) {
            leg.bye(null);
        }
        end();
    }

    @Override
    public void drop() {
        end();
    }

    private void answer(Leg caller, SipRequest invite) {
        if (!invite.hasBody()) {
            caller.accept(caller.media().offer(OWN_FORMATS, "sendrecv"));
            return;
        }
        Sdp offer = InvitePassage.sdpOf(invite);
        Sdp.Section audio = offer == null ? null : caller.media().acceptOffer(offer);
        Sdp.Section common = audio == null ? null : common(audio);
        if (offer == null || audio == null || common == null) {
            caller.media().withdraw();
            caller.refuse(488);
            return;
        }
        caller.accept(caller.media().answer(common, opposite(offer.directionOf(audio))));
        speak(caller, common);
    }

    private void speak(Leg caller, Sdp.Section formats) {
        caller.media().port().deliverTo(voice);
        voice.speak(
                caller.media().port(),
                Integer.parseInt(formats.formats().get(0)),
                "PCMA".equals(formats.encodingOf(formats.formats().get(0))));
    }

    /** The formats of an offer that the PBX speaks; null if none of them is speech. */
    private static Sdp.@Nullable Section common(Sdp.Section offered) {
        List<String> formats = new ArrayList<>();
        boolean speech = false;
        for (String format : offered.formats()) {
            String encoding = offered.encodingOf(format);
            boolean law = "PCMU".equals(encoding) || "PCMA".equals(encoding);
            // Only the first law offered is answered: the caller prefers it.
            if (law ? !speech : "TELEPHONE-EVENT".equals(encoding)) {
                formats.add(format);
                speech |= law;
            }
        }
        if (!speech) {
            return null;
        }
        formats.sort((a, b) -> Boolean.compare(isEvent(offered, a), isEvent(offered, b)));
        List<String> attributes = new ArrayList<>();
        for (String attribute : offered.attributes()) {
            for (String format : formats) {
                if (attribute.startsWith("rtpmap:" + format + " ") || attribute.startsWith("fmtp:" + format + " ")) {
                    attributes.add(attribute);
                }
            }
        }
        return new Sdp.Section("audio", 0, offered.protocol(), formats, null, attributes);
    }

    private static boolean isEvent(Sdp.Section section, String format) {
        return "TELEPHONE-EVENT".equals(section.encodingOf(format));
    }

    private static String opposite(String direction) {
        return switch (direction) {
            case "sendonly" -> "recvonly";
            case "recvonly" -> "sendonly";
            default -> direction;
        };
    }

    private void end() {
        voice.close();
        if (leg != null) {
            leg.close();
        }
        exchange.ended(this);
    }
}
