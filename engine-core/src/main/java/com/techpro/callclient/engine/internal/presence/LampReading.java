// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.call.RemoteParty;
import com.techpro.callclient.engine.internal.presence.DialogInfo.WatchedDialog;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipParseException;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.presence.LampState;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an extension. Prints without its content.
 *
 * @param caller who calls there, or null
 * @param ringing the dialog that rings, or null
 */
public record LampReading(
        LampState state,
        @Nullable PartyIdentity caller,
        @Nullable RingingDialog ringing) {
    public static LampReading of(LampState state) {
        return new LampReading(state, null, null);
    }

    /** A call that rings comes first: it is the one that somebody has to take. */
    static LampReading of(DialogTable table) {
        for (WatchedDialog dialog : table.open()) {
            if (dialog.rings()) {
                return new LampReading(LampState.RINGING, caller(dialog), RingingDialog.of(dialog));
            }
        }
        return of(table.open().isEmpty() ? LampState.IDLE : LampState.TALKING);
    }

    private static @Nullable PartyIdentity caller(WatchedDialog dialog) {
        String address = dialog.remote();
        if (address == null) {
            return null;
        }
        try {
            return RemoteParty.of(NameAddr.of(dialog.remoteName(), SipUri.parse(address)));
        } catch (SipParseException | IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "LampReading[" + state + ", redacted]";
    }
}
