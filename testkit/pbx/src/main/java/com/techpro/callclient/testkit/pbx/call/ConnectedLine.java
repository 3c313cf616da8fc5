// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.util.Map;

/** Tells a caller who has answered (RFC 3325 §9.1, RFC 3311). On the signalling loop. */
final class ConnectedLine {
    private final Leg caller;
    private final boolean takesUpdate;
    private final Map<String, String> identity;
    private final Runnable dialogGone;

    /** @param dialogGone the caller knows nothing of the call */
    ConnectedLine(Leg caller, SipRequest invite, SipUri who, Runnable dialogGone) {
        this.caller = caller;
        this.takesUpdate = invite.headers("Allow").contains("UPDATE");
        String named = "\"Extension " + who.user() + "\" <" + who.encode() + ">";
        this.identity =
                Map.of("P-Asserted-Identity", named, "Remote-Party-ID", named + ";party=called;privacy=off;screen=yes");
        this.dialogGone = dialogGone;
    }

    /** Just before the answer. */
    void answering() {
        if (takesUpdate && caller.does(FieldBehaviour.CONNECTED_LINE_UPDATE)) {
            SipRequest.Builder update =
                    caller.dialog().request("UPDATE").contact(caller.dialog().contact());
            identity.forEach(update::set);
            caller.send(update, this::check);
        }
    }

    /** The caller has the answer: a re-INVITE that says again what was agreed. */
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
