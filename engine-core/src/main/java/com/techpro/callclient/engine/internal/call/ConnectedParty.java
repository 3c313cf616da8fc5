// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whom a call is connected with by now, as the account's own phone system says. Belongs to the loop. */
final class ConnectedParty {
    /** Of phones that ring for one call; of more, the last is who it is. */
    private static final int MOST = 12;

    private final SipEndpoint endpoint;
    private final @Nullable SipUri dialled;
    private final Consumer<PartyIdentity> listener;
    /** By the tags of the dialogs they were said in. */
    private final Map<String, PartyIdentity> identities = new HashMap<>(2);

    /** @param dialled null for a call that came in */
    ConnectedParty(SipEndpoint endpoint, @Nullable SipUri dialled, Consumer<PartyIdentity> listener) {
        this.endpoint = endpoint;
        this.dialled = dialled;
        this.listener = listener;
    }

    /**
     * Takes what a message says, if it is the account's own phone system that says so: nobody else vouches for an identity (RFC 3325 §6).
     *
     * @param remoteTag of the dialog it is said in: as long as phones ring there may be several
     */
    void learn(SipMessage message, @Nullable Flow from, String remoteTag) {
        PartyIdentity party = from != null && endpoint.trusts(from) ? CallerIdentity.connected(message) : null;
        if (party != null) {
            if (identities.size() < MOST) {
                identities.put(remoteTag, party);
            }
            listener.accept(party);
        }
    }

    /** One of the phones that rang has answered: what another said of itself is not who it is. */
    void answeredBy(String remoteTag) {
        if (dialled != null && !identities.isEmpty()) {
            listener.accept(identities.getOrDefault(remoteTag, RemoteParty.of(NameAddr.of(dialled))));
        }
    }
}
