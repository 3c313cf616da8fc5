// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.signalling;

import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.auth.DigestVerifier;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Authenticates extensions (RFC 3261 §22, RFC 8760). On the signalling loop. */
public final class DigestAuthentication {
    private final PbxSettings settings;
    private final DigestVerifier verifier;
    private final Statistics statistics;

    public DigestAuthentication(EngineLoop loop, PbxSettings settings, Random random, Statistics statistics) {
        this.settings = settings;
        this.statistics = statistics;
        this.verifier = new DigestVerifier(
                settings.domain(), settings.digests(), "auth", settings.nonceLife(), random, loop::nanoTime);
    }

    /**
     * Authenticates the sender of a request; if that fails, answers the request.
     *
     * @return the extension, or null if the request has been answered
     */
    @Nullable
    public String admit(ServerTransactionHandle transaction, @Nullable String claimed) {
        SipRequest request = transaction.request();
        boolean proxy = asksAsProxy(request);
        DigestVerifier.Judgement judgement = verifier.verify(
                request.headers(proxy ? "Proxy-Authorization" : "Authorization"),
                request.method(),
                request.body(),
                user -> settings.extensions().get(user));
        switch (judgement.verdict()) {
            case ACCEPTED -> {
                if (judgement.user().equals(claimed)) {
                    return claimed;
                }
                statistics.failedLogin();
                transaction.respond(403);
            }
            case STALE, REPLAYED -> challenge(transaction, proxy, true);
            case MISSING -> challenge(transaction, proxy, false);
            case MALFORMED, UNKNOWN_USER, WRONG -> {
                statistics.failedLogin();
                challenge(transaction, proxy, false);
            }
        }
        return null;
    }

    /** Returns a challenge with an unacceptable nonce, as a confused server sends it. */
    SipResponse uselessChallenge(SipRequest request) {
        boolean proxy = asksAsProxy(request);
        SipResponse.Builder response =
                SipResponse.respondTo(request, proxy ? 407 : 401).toTag("useless");
        for (String value : verifier.challenges(false)) {
            response.add(
                    proxy ? "Proxy-Authenticate" : "WWW-Authenticate",
                    value.replaceFirst("nonce=\"[^\"]*\"", "nonce=\"useless\""));
        }
        return response.build();
    }

    /** Forgets all nonces, as after a restart. */
    public void forgetNonces() {
        verifier.forgetNonces();
    }

    /** Adds the next nonce to a success, if the PBX is set up to (RFC 7616 §3.5). */
    public SipResponse withAuthenticationInfo(SipResponse response) {
        return settings.nextNonces() && response.isSuccess()
                ? response.toBuilder()
                        .set("Authentication-Info", "nextnonce=\"" + verifier.newNonce() + "\"")
                        .build()
                : response;
    }

    private boolean asksAsProxy(SipRequest request) {
        return settings.proxyAuthentication() && !request.isMethod("REGISTER");
    }

    private void challenge(ServerTransactionHandle transaction, boolean proxy, boolean stale) {
        SipResponse.Builder response = transaction.response(proxy ? 407 : 401);
        verifier.challenges(stale)
                .forEach(value -> response.add(proxy ? "Proxy-Authenticate" : "WWW-Authenticate", value));
        transaction.respond(response.build());
    }
}
