// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipParseException;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transaction.ClientListener;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.call.LegDialog;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One REFER to a focus (RFC 4579 §5): bring somebody in, or remove somebody; and the subscription that it implies, in which its sender
 * is told how that goes (RFC 3515 §2.4.4). On the signalling loop.
 */
public final class Referral {
    private final ActiveCalls calls;
    private final SipRequest refer;
    private final LegDialog dialog;
    private final Flow flow;
    private final boolean silent;
    private boolean over;

    private Referral(ActiveCalls calls, SipRequest refer, LegDialog dialog, Flow flow, boolean silent) {
        this.calls = calls;
        this.refer = refer;
        this.dialog = dialog;
        this.flow = flow;
        this.silent = silent;
    }

    /** A REFER in the dialog of a participant's call. */
    static void inDialog(
            ActiveCalls calls,
            Rooms rooms,
            ConferenceRoom room,
            String sender,
            Leg leg,
            ServerTransactionHandle transaction) {
        receive(calls, rooms, room, sender, leg.dialog(), transaction);
    }

    /** A REFER to a room's address, whose sender has proved to be that extension. */
    public static void outsideDialogs(
            ActiveCalls calls, Rooms rooms, String sender, ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        ConferenceRoom room = rooms.room(request.requestUri().user());
        if (room == null) {
            transaction.respond(404);
            return;
        }
        LegDialog dialog = LegDialog.called(request, transaction.localTag(), rooms.contactOf(room, transaction.flow()));
        receive(calls, rooms, room, sender, dialog, transaction);
    }

    private static void receive(
            ActiveCalls calls,
            Rooms rooms,
            ConferenceRoom room,
            String sender,
            LegDialog dialog,
            ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        SipUri target = target(request);
        if (!room.kind().focus()) {
            transaction.respond(
                    transaction.response(405).set("Allow", ActiveCalls.ALLOW).build());
            return;
        }
        if (target == null || target.user() == null) {
            transaction.respond(400);
            return;
        }
        String asked = target.param("method");
        String method = asked == null ? "INVITE" : asked.toUpperCase(Locale.ROOT);
        String owner = room.kind().owner();
        boolean may = room.has(sender) && (!method.equals("BYE") || owner == null || owner.equals(sender));
        if (!may || !(method.equals("INVITE") || method.equals("BYE"))) {
            transaction.respond(403);
            return;
        }
        // RFC 4488: the sender may do without the subscription.
        boolean silent = "false".equalsIgnoreCase(request.header("Refer-Sub"));
        SipResponse.Builder accepted = transaction.response(202).contact(dialog.contact());
        if (silent) {
            accepted.set("Refer-Sub", "false");
        }
        transaction.respond(accepted.build());
        Referral referral = new Referral(calls, request, dialog, transaction.flow(), silent);
        referral.tell(100);
        if (method.equals("BYE")) {
            referral.tell(rooms.remove(room, target.user()) ? 200 : 404);
        } else {
            rooms.bring(room, target.user(), sender, referral::tell);
        }
    }

    private static @Nullable SipUri target(SipRequest request) {
        List<String> values = request.headers("Refer-To");
        if (values.size() != 1) {
            return null;
        }
        try {
            return NameAddr.parse(values.get(0)).uri();
        } catch (SipParseException e) {
            return null;
        }
    }

    /** Tells how far it has come; a final status ends the subscription. */
    private void tell(int status) {
        if (over || silent) {
            return;
        }
        over = status >= 200;
        String line = "SIP/2.0 " + status + " "
                + SipResponse.respondTo(refer, status).build().reason();
        SipRequest.Builder notify = dialog.request("NOTIFY")
                .contact(dialog.contact())
                // RFC 3515 §2.4.6: tells several of them in one dialog apart.
                .set("Event", "refer;id=" + refer.cseq().number())
                .set("Subscription-State", over ? "terminated;reason=noresource" : "active;expires=60")
                .body("message/sipfrag;version=2.0", line + "\r\n");
        calls.transactions().send(notify.build(), flow, new ClientListener() {
            @Override
            public void response(SipResponse response) {
                over |= response.status() >= 300;
            }

            @Override
            public void failed(Failure why) {
                over = true;
            }
        });
    }
}
