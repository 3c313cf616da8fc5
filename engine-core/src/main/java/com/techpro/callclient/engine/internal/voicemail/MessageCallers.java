// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The callers of messages. It keeps those it found, because a lookup is slow and the list is
 * published often. Belongs to the loop.
 */
final class MessageCallers {
    private final Function<PartyIdentity, Caller> lookUp;
    private final Map<PartyIdentity, Caller> known = new HashMap<>();

    MessageCallers(Function<PartyIdentity, Caller> lookUp) {
        this.lookUp = lookUp;
    }

    void forget() {
        known.clear();
    }

    List<VoicemailItem> of(List<VoicemailMessage> messages) {
        List<VoicemailItem> items = new ArrayList<>(messages.size());
        for (VoicemailMessage message : messages) {
            String number = message.callerNumber();
            String name = message.callerName();
            PartyIdentity party = number == null && name == null
                    ? PartyIdentity.anonymous("")
                    : new PartyIdentity(name, number == null ? "" : number, "");
            items.add(new VoicemailItem(message, known.computeIfAbsent(party, lookUp)));
        }
        return items;
    }
}
