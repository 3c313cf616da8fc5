// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import com.techpro.callclient.testkit.pbx.call.CallControl;
import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.call.LegDialog;
import com.techpro.callclient.testkit.pbx.call.ReferSubscription;
import java.util.Locale;

/**
 * Handles a REFER to a focus (RFC 4579 §5): adds or removes a participant. On the signalling loop.
 */
public final class RoomReferral {
    private RoomReferral() {}

    /** Handles a REFER in the dialog of a participant's call. */
    static void inDialog(
            ActiveCalls calls,
            Rooms rooms,
            ConferenceRoom room,
            String sender,
            Leg leg,
            ServerTransactionHandle transaction) {
        receive(calls, rooms, room, sender, leg.dialog(), transaction);
    }

    /** Handles a REFER to a room's address, whose authenticated sender is that extension. */
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
        SipUri target = ReferSubscription.target(request);
        if (!room.kind().focus()) {
            transaction.respond(
                    transaction.response(405).set("Allow", CallControl.ALLOW).build());
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
        ReferSubscription told = ReferSubscription.accept(calls, dialog, transaction::flow, transaction);
        if (method.equals("BYE")) {
            told.tell(rooms.remove(room, target.user()) ? 200 : 404);
        } else {
            rooms.bring(room, target.user(), sender, told::tell);
        }
    }
}
