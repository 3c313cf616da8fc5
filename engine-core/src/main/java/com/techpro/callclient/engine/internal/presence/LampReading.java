// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.call.party.RemoteParty;
import com.techpro.callclient.engine.internal.presence.DialogInfo.WatchedDialog;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * The state of an extension. Prints without its content.
 *
 * @param caller the caller of the extension, or null
 * @param ringing the ringing dialog, or null
 */
public record LampReading(
        LampState state,
        @Nullable PartyIdentity caller,
        @Nullable RingingDialog ringing) {
    public static LampReading of(LampState state) {
        return new LampReading(state, null, null);
    }

    /** Returns the state; a ringing call takes precedence, because somebody must answer it. */
    static LampReading of(DialogInfoTable table) {
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
