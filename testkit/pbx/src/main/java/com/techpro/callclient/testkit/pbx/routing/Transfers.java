// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.routing;

import com.techpro.callclient.stack.sip.dialog.Replaces;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import com.techpro.callclient.testkit.pbx.call.BridgedCall;
import com.techpro.callclient.testkit.pbx.call.CallControl;
import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.call.LegFactory;
import com.techpro.callclient.testkit.pbx.call.ReferSubscription;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a REFER in a call (RFC 5589). The PBX sits between the two sides, calls the target
 * itself, and connects the remaining device with it. Only the device that sent the REFER learns of
 * it. On the signalling loop.
 *
 * <ul>
 *   <li>A number: the PBX calls it and connects the other device to whichever device answers.
 *       The present call continues until then, and if nobody answers.
 *   <li>{@code Replaces} of another call of the same phone: connects the far ends of both
 *       calls.
 *   <li>{@code Replaces} of its call that still rings: cancels that call and calls its number.
 * </ul>
 */
final class Transfers implements ActiveCalls.Referrals {
    private final ActiveCalls calls;
    private final LegFactory lines;
    private final Placements placements;
    private final Predicate<SipUri> served;
    private @Nullable String parkNumber;
    private Placements.@Nullable Park parking;

    /** @param served whether a URI is of this PBX */
    Transfers(ActiveCalls calls, LegFactory lines, Placements placements, Predicate<SipUri> served) {
        this.calls = calls;
        this.lines = lines;
        this.placements = placements;
        this.served = served;
    }

    /** Sets the number to which a transfer parks the device. */
    void parkingAt(@Nullable String number, Placements.Park park) {
        parkNumber = number;
        parking = park;
    }

    @Override
    public void referred(Leg by, ServerTransactionHandle refer) {
        if (by.call() instanceof BridgedCall call) {
            referred(call, by, refer);
        } else {
            refer.respond(603);
        }
    }

    private void referred(BridgedCall call, Leg by, ServerTransactionHandle refer) {
        SipRequest request = refer.request();
        SipUri target = ReferSubscription.target(request);
        Leg staying = call.peerOf(by);
        if (target == null) {
            refer.respond(400);
        } else if (staying == null || !call.isAnswered() || !served.test(target) || !isCall(target)) {
            refer.respond(603);
        } else if (call.isTransferring()) {
            refer.respond(491);
        } else {
            by.dialog().refreshTarget(request);
            String replaces = header(target, "Replaces");
            Replaces named = replaces == null ? null : Replaces.parse(replaces);
            if (replaces != null && named == null) {
                refer.respond(400);
                return;
            }
            ReferSubscription told = ReferSubscription.accept(calls, by.dialog(), by::flow, refer);
            if (named == null) {
                String number = target.user();
                blind(call, by, staying, number == null ? "" : number, told);
            } else {
                attended(call, by, staying, named, told);
            }
        }
    }

    private void attended(BridgedCall call, Leg by, Leg staying, Replaces named, ReferSubscription told) {
        Leg consulting = leg(named);
        if (consulting == null || consulting == by || !(consulting.call() instanceof BridgedCall consultation)) {
            told.tell(481);
            return;
        }
        Leg target = consultation.peerOf(consulting);
        String number = consultation.dialled();
        if (consultation.isAnswered() && target != null && target != staying) {
            told.tell(200);
            BridgedCall.join(calls, target, null, staying);
        } else if (!consultation.isAnswered() && number != null) {
            consultation.hangUp();
            blind(call, by, staying, number, told);
        } else {
            told.tell(481);
        }
    }

    private void blind(BridgedCall call, Leg by, Leg staying, String number, ReferSubscription told) {
        if (parking != null && number.equals(parkNumber)) {
            placements.park(call, staying, parking, told::tell);
            return;
        }
        String who = "<" + by.dialog().remote().uri().encode() + ">";
        placements.place(call, staying, number, Map.of("Referred-By", who), told::tell);
    }

    /** Handles an INVITE that replaces a phone in a call (RFC 3891 §3), established or ringing. */
    void replace(ServerTransactionHandle invite) throws IOException {
        List<String> values = invite.request().headers("Replaces");
        Replaces named = values.size() == 1 ? Replaces.parse(values.get(0)) : null;
        Leg left = named == null ? null : leg(named);
        if (named == null) {
            invite.respond(400);
        } else if (left == null || !(left.call() instanceof BridgedCall call)) {
            invite.respond(481);
        } else if (call.isAnswered() && named.earlyOnly()) {
            invite.respond(486);
        } else if (call.isAnswered()) {
            takeOver(invite, call, left);
        } else {
            pickUp(invite, call, left);
        }
    }

    private void takeOver(ServerTransactionHandle invite, BridgedCall call, Leg left) throws IOException {
        Leg staying = call.peerOf(left);
        Leg newcomer = lines.toCaller(invite).make(CallControl.NONE);
        Sdp.Section formats = staying == null ? null : newcomer.take(invite);
        if (staying != null && formats != null) {
            BridgedCall.join(calls, newcomer, formats, staying);
            left.call().hangUp();
        }
    }

    /** @param rings one of the ringing devices */
    void pickUp(ServerTransactionHandle invite, BridgedCall call, Leg rings) throws IOException {
        if (!call.rings(rings)) {
            invite.respond(481);
            return;
        }
        Leg newcomer = lines.toCaller(invite).make(CallControl.NONE);
        if (newcomer.take(invite) != null) {
            call.pickedUp(newcomer);
        }
    }

    /** Returns the leg that a Replaces names from the view of its phone; null if there is none. */
    @Nullable
    Leg leg(Replaces named) {
        Leg leg = calls.leg(named.dialog().callId(), named.dialog().localTag());
        return leg != null
                        && named.dialog()
                                .remoteTag()
                                .equals(leg.dialog().remote().tag())
                ? leg
                : null;
    }

    private static boolean isCall(SipUri target) {
        String method = target.param("method");
        return method == null || method.equalsIgnoreCase("INVITE");
    }

    private static @Nullable String header(SipUri target, String name) {
        for (Map.Entry<String, String> header : target.headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return null;
    }
}
