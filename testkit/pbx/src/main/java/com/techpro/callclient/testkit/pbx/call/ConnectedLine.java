// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.util.Map;

/**
 * Tells a caller the identity of the device that answered (RFC 3325 §9.1, RFC 3311). On the
 * signalling loop.
 */
final class ConnectedLine {
    private final Leg caller;
    private final boolean takesUpdate;
    private final Map<String, String> identity;
    private final Runnable dialogGone;

    /** @param dialogGone called if the caller no longer knows the call */
    ConnectedLine(Leg caller, SipRequest invite, SipUri who, Runnable dialogGone) {
        this.caller = caller;
        this.takesUpdate = invite.headers("Allow").contains("UPDATE");
        String named = "\"Extension " + who.user() + "\" <" + who.encode() + ">";
        this.identity =
                Map.of("P-Asserted-Identity", named, "Remote-Party-ID", named + ";party=called;privacy=off;screen=yes");
        this.dialogGone = dialogGone;
    }

    /** Called just before the answer. */
    void answering() {
        if (takesUpdate && caller.does(FieldBehaviour.CONNECTED_LINE_UPDATE)) {
            SipRequest.Builder update =
                    caller.dialog().request("UPDATE").contact(caller.dialog().contact());
            identity.forEach(update::set);
            caller.send(update, this::check);
        }
    }

    /** Called once the caller has the answer: sends a re-INVITE that repeats the agreed media. */
    void answered() {
        boolean instead = !takesUpdate && caller.does(FieldBehaviour.CONNECTED_LINE_UPDATE);
        if ((instead || caller.does(FieldBehaviour.CONNECTED_LINE_REINVITE)) && !caller.negotiating()) {
            caller.reInvite(caller.media().offerAgain(), identity, this::check);
        }
    }

    /** RFC 3261 §12.2.1.2. */
    private void check(int status) {
        if (status == 481) {
            dialogGone.run();
        }
    }
}
