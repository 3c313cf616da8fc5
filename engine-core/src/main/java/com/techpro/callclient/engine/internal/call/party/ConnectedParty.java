// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.party;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Flow;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connected party of a call, as the account's own phone system reports it. Belongs to the loop.
 */
public final class ConnectedParty {
    /**
     * Maximum of remembered phones that ring for one call; identities of further ones are reported
     * but not kept.
     */
    private static final int MOST = 12;

    private final SipEndpoint endpoint;
    private final @Nullable SipUri dialled;
    private final Consumer<PartyIdentity> listener;
    /** Identities by the remote tags of their dialogs. */
    private final Map<String, PartyIdentity> identities = new HashMap<>(2);

    /** @param dialled null for an incoming call */
    public ConnectedParty(SipEndpoint endpoint, @Nullable SipUri dialled, Consumer<PartyIdentity> listener) {
        this.endpoint = endpoint;
        this.dialled = dialled;
        this.listener = listener;
    }

    /**
     * Reads the identity from a message of the account's own phone system; no other source can
     * assert one (RFC 3325 §6).
     *
     * @param remoteTag of the message's dialog; there may be several while phones ring
     */
    public void learn(SipMessage message, @Nullable Flow from, String remoteTag) {
        PartyIdentity party = from != null && endpoint.trusts(from) ? CallerIdentity.connected(message) : null;
        if (party != null) {
            if (identities.size() < MOST) {
                identities.put(remoteTag, party);
            }
            listener.accept(party);
        }
    }

    /**
     * Reports the identity of the phone that answered; other phones' identities no longer count.
     */
    public void answeredBy(String remoteTag) {
        if (dialled != null && !identities.isEmpty()) {
            listener.accept(identities.getOrDefault(remoteTag, RemoteParty.of(NameAddr.of(dialled))));
        }
    }
}
