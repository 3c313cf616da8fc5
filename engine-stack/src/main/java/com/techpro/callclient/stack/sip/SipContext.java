// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.locate.Locator;
import com.techpro.callclient.stack.sip.transaction.TransactionLayer;
import com.techpro.callclient.stack.sip.transport.ConnectionKey;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the accounts of one client share: the layers below them, and the settings.
 * Belongs to the loop.
 */
final class SipContext {
    private final EngineLoop loop;
    private final Random random;
    private final SipSettings settings;
    private final CapabilityHeaders capabilities;
    private final Supplier<@Nullable PushToken> push;
    private final TransactionLayer transactions;
    private final Locator locator;
    private final TrustedPeers trusted;
    private final KeepAlive keepAlives;
    private final CaptivePortalCheck.VerifiedHere verifiedHere = new CaptivePortalCheck.VerifiedHere();
    private int openRequests;
    private long connectionGroups;

    /**
     * @param push how the phone system can wake this client; asked at each REGISTER (RFC 8599 §4.1)
     */
    SipContext(
            EngineLoop loop,
            Random random,
            SipSettings settings,
            CapabilityHeaders capabilities,
            Supplier<@Nullable PushToken> push,
            TransactionLayer transactions,
            Locator locator,
            TrustedPeers trusted) {
        this.loop = loop;
        this.random = random;
        this.settings = settings;
        this.capabilities = capabilities;
        this.push = push;
        this.transactions = transactions;
        this.locator = locator;
        this.trusted = trusted;
        this.keepAlives = new KeepAlive(loop, transactions, random);
    }

    EngineLoop loop() {
        return loop;
    }

    Random random() {
        return random;
    }

    SipSettings settings() {
        return settings;
    }

    CapabilityHeaders capabilities() {
        return capabilities;
    }

    @Nullable
    PushToken pushToken() {
        return push.get();
    }

    TransactionLayer transactions() {
        return transactions;
    }

    TransportLayer transport() {
        return transactions.transport();
    }

    Locator locator() {
        return locator;
    }

    KeepAlive keepAlives() {
        return keepAlives;
    }

    /**
     * Returns the key of an account's connections, which other accounts of the same phone system
     * may share.
     */
    ConnectionKey newConnectionKey(SipAccount account) {
        String group = settings.sharedConnections() ? account.domain() : Long.toString(++connectionGroups);
        return new ConnectionKey(group, account.tlsTrust(), account.webSocketPath());
    }

    /**
     * @param ofAccount all flows of the account; the new flow is added to it
     */
    OutboundFlow newOutboundFlow(SipAccount account, ConnectionKey key, List<OutboundFlow> ofAccount) {
        return new OutboundFlow(
                account,
                loop,
                locator,
                transport(),
                key,
                trusted,
                keepAlives,
                new CaptivePortalCheck(verifiedHere),
                ofAccount);
    }

    /** 128 random bits, and no host name (RFC 3261 §8.1.1.4). */
    String newCallId() {
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE)
                + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }

    void requestStarted() {
        openRequests++;
    }

    void requestEnded() {
        openRequests--;
    }

    int openRequests() {
        return openRequests;
    }
}
