// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.diagnostics.RefusalReason;
import com.techpro.callclient.engine.diagnostics.SignallingLoad;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.net.Nat64;
import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.locate.Locator;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.engine.internal.sip.transaction.TransactionLayer;
import com.techpro.callclient.engine.internal.sip.transport.ConnectionKey;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.MessageTap;
import com.techpro.callclient.engine.internal.sip.transport.TransportLayer;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.push.PushToken;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** SIP for one client: one transport and one transaction layer for all its accounts. Owned by the loop. */
public final class SipStack implements AutoCloseable {
    private final EngineLoop loop;
    private final Random random;
    private final RefusalListener refusals;
    private final SipSettings settings;
    private final TrustedPeers trusted = new TrustedPeers();
    private final CaptivePortalCheck.VerifiedHere verifiedHere = new CaptivePortalCheck.VerifiedHere();
    private final UasCore inbound;
    private final TransactionLayer transactions;
    private final Locator locator;
    private final KeepAlive keepAlives;
    private final Supplier<@Nullable PushToken> push;
    private int openRequests;
    private long connectionGroups;

    /** A stack that nothing wakes. */
    public SipStack(EngineLoop loop, Network network, Executor workers, Random random, SipSettings settings) {
        this(loop, network, workers, random, settings, () -> null, MessageTap.NONE, RefusalListener.NONE);
    }

    /**
     * @param push how the phone system can wake this client, asked at each REGISTER (RFC 8599 §4.1)
     * @param tap sees every message that comes in and goes out
     * @param refusals hears what is refused here before anybody above hears of it
     */
    public SipStack(
            EngineLoop loop,
            Network network,
            Executor workers,
            Random random,
            SipSettings settings,
            Supplier<@Nullable PushToken> push,
            MessageTap tap,
            RefusalListener refusals) {
        this(loop, network, workers, random, settings, push, tap, refusals, Nat64.NONE);
    }

    /** @param nat64 where addresses of IPv4 are reached on a network without it */
    public SipStack(
            EngineLoop loop,
            Network network,
            Executor workers,
            Random random,
            SipSettings settings,
            Supplier<@Nullable PushToken> push,
            MessageTap tap,
            RefusalListener refusals,
            Nat64 nat64) {
        this.loop = loop;
        this.refusals = refusals;
        this.random = random;
        this.settings = settings;
        this.push = push;
        this.inbound = new UasCore(settings, trusted, refusals);
        this.transactions = new TransactionLayer(
                loop,
                settings.timers(),
                random,
                inbound,
                events -> new TransportLayer(loop, network, workers, random, events, settings.limits(), tap));
        this.locator = new Locator(loop, network.resolver(), random, nat64);
        this.keepAlives = new KeepAlive(loop, transactions.transport(), random);
    }

    /** @param task run on the loop when the machine slept, or its clock was set: what is registered may have expired */
    public void whenAwake(Runnable task) {
        keepAlives.whenAwake(task);
    }

    public SipEndpoint newEndpoint(SipAccount account, EndpointHandler handler) {
        loop.assertOnLoop();
        SipEndpoint endpoint = new SipEndpoint(this, account, handler);
        inbound.add(endpoint);
        return endpoint;
    }

    /** Sends what comes in for the account's dialog to the handler, from now on. */
    public void register(SipEndpoint endpoint, Dialog dialog, DialogHandler handler) {
        loop.assertOnLoop();
        inbound.register(endpoint, dialog, handler);
    }

    public void unregister(Dialog dialog) {
        loop.assertOnLoop();
        inbound.unregister(dialog);
    }

    /** Sends the NOTIFY that makes a dialog to its handler, from now on. */
    public void await(PendingSubscription notify) {
        loop.assertOnLoop();
        inbound.await(notify);
    }

    public void awaitNoMore(PendingSubscription notify) {
        loop.assertOnLoop();
        inbound.awaitNoMore(notify);
    }

    /**
     * Serves a fixed address, as a client behind a registrar need not; UDP or TCP.
     *
     * @return the address with the port that was chosen
     */
    public InetSocketAddress listen(SipTransport transport, InetSocketAddress local) throws IOException {
        loop.assertOnLoop();
        if (transport.isEncrypted()) {
            throw new IllegalArgumentException("a client has no certificate to serve TLS with");
        }
        return transport().listen(transport, local, null);
    }

    public SipCounters counters() {
        return new SipCounters(
                transactions.counters(),
                transport().counters(),
                inbound.endpoints(),
                inbound.dialogs(),
                openRequests,
                inbound.untrustedSources(),
                inbound.unknownDialogs());
    }

    /** Whether what comes in is served in time. */
    public SignallingLoad load() {
        return transport().load();
    }

    /** Closes all flows; open requests fail. */
    @Override
    public void close() {
        keepAlives.close();
        transactions.close();
    }

    @Nullable
    PushToken pushToken() {
        return push.get();
    }

    EngineLoop loop() {
        return loop;
    }

    Random random() {
        return random;
    }

    /** An account refused a request without asking anybody. */
    public void refused(SipAccount account, RefusalReason reason, ServerTransactionHandle request, int status) {
        refused(account, reason, request.request(), status);
    }

    /** As the other, of a request that was answered already. */
    public void refused(SipAccount account, RefusalReason reason, SipRequest request, int status) {
        refusals.refused(account, reason, request.method(), status);
    }

    SipSettings settings() {
        return settings;
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

    ConnectionKey newConnectionKey(SipAccount account) {
        String group = settings.sharedConnections() ? account.domain() : Long.toString(++connectionGroups);
        return new ConnectionKey(group, account.tlsTrust(), account.webSocketPath());
    }

    OutboundFlow newOutboundFlow(SipAccount account, ConnectionKey key) {
        return new OutboundFlow(
                account, loop, locator, transport(), key, trusted, keepAlives, new CaptivePortalCheck(verifiedHere));
    }

    /** 128 random bits, and no host name (RFC 3261 §8.1.1.4). */
    String newCallId() {
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE)
                + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }

    /** An account that says who it is can have flows (RFC 5626 §4.2.1). */
    void describe(SipRequest.Builder request, SipEndpoint endpoint) {
        String method = request.method();
        request.set("User-Agent", settings.userAgent());
        if (method.equals("INVITE") || method.equals("REGISTER") || method.equals("UPDATE")) {
            request.set("Allow", inbound.allow(endpoint));
            String supported = inbound.supported(endpoint);
            if (!request.has("Supported") && !supported.isEmpty()) {
                request.set("Supported", supported);
            }
        }
    }

    void describe(SipResponse.Builder response, SipEndpoint endpoint) {
        response.set("Server", settings.product()).set("Allow", inbound.allow(endpoint));
        String supported = inbound.supported(endpoint);
        if (!supported.isEmpty()) {
            response.set("Supported", supported);
        }
    }

    void closed(SipEndpoint endpoint) {
        inbound.remove(endpoint);
        for (Flow flow : endpoint.closeFlows()) {
            boolean shared = inbound.all().stream().anyMatch(other -> other.uses(flow));
            if (flow.isReliable() && !shared) {
                transport().close(flow);
            }
        }
    }

    void requestStarted() {
        openRequests++;
    }

    void requestEnded() {
        openRequests--;
    }
}
