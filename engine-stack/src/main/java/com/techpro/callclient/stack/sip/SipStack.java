// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.net.Nat64;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.locate.Locator;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transaction.TransactionLayer;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.MessageTap;
import com.techpro.callclient.stack.sip.transport.ReceiveLoad;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * SIP for one client: one transport and one transaction layer for all its accounts.
 * Belongs to the loop.
 */
public final class SipStack implements AutoCloseable {
    private final EngineLoop loop;
    private final RefusalListener refusals;
    private final DialogTable<SipEndpoint> dialogs = new DialogTable<>();
    private final UasCore inbound;
    private final TransactionLayer transactions;
    private final SipContext context;

    /** Makes a stack without push. */
    public SipStack(EngineLoop loop, Network network, Executor workers, Random random, SipSettings settings) {
        this(loop, network, workers, random, settings, () -> null, MessageTap.NONE, RefusalListener.NONE);
    }

    /**
     * @param push how the phone system can wake this client; asked at each REGISTER (RFC 8599 §4.1)
     * @param tap sees every incoming and outgoing message
     * @param refusals receives the requests that the engine refuses by itself
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

    /**
     * @param nat64 maps IPv4 addresses on a network without IPv4
     */
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
        TrustedPeers trusted = new TrustedPeers();
        CapabilityHeaders capabilities = new CapabilityHeaders(settings.capabilities());
        this.inbound = new UasCore(settings, capabilities, trusted, dialogs, refusals);
        this.transactions = new TransactionLayer(
                loop,
                settings.timers(),
                random,
                inbound,
                events -> new TransportLayer(loop, network, workers, random, events, settings.limits(), tap));
        Locator locator = new Locator(loop, network.resolver(), random, nat64);
        this.context = new SipContext(loop, random, settings, capabilities, push, transactions, locator, trusted);
    }

    /**
     * @param task run on the loop after the machine slept or its clock was set: registrations may
     *     have expired
     */
    public void whenAwake(Runnable task) {
        context.keepAlives().whenAwake(task);
    }

    public SipEndpoint newEndpoint(SipAccount account, EndpointHandler handler) {
        loop.assertOnLoop();
        SipEndpoint endpoint = new SipEndpoint(context, account, handler, dialogs, this::closed);
        inbound.add(endpoint);
        return endpoint;
    }

    /** Routes requests of the account's dialog to the handler from now on. */
    public void register(SipEndpoint endpoint, Dialog dialog, DialogHandler handler) {
        loop.assertOnLoop();
        dialogs.register(endpoint, dialog, handler);
    }

    public void unregister(Dialog dialog) {
        loop.assertOnLoop();
        dialogs.unregister(dialog);
    }

    /** Routes the NOTIFY that makes a dialog to its handler from now on. */
    public void await(PendingSubscription notify) {
        loop.assertOnLoop();
        dialogs.await(notify);
    }

    public void awaitNoMore(PendingSubscription notify) {
        loop.assertOnLoop();
        dialogs.awaitNoMore(notify);
    }

    /**
     * Listens on a fixed UDP or TCP address; a client behind a registrar does not need it.
     *
     * @return the address with the chosen port
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
                dialogs.size(),
                context.openRequests(),
                inbound.untrustedSources(),
                inbound.unknownDialogs());
    }

    /** Whether incoming messages are processed in time. */
    public ReceiveLoad load() {
        return transport().load();
    }

    /** Closes all flows; open requests fail. */
    @Override
    public void close() {
        context.keepAlives().close();
        transactions.close();
    }

    /** An account refused a request by itself. */
    public void refused(SipAccount account, RefusalReason reason, ServerTransactionHandle request, int status) {
        refused(account, reason, request.request(), status);
    }

    /**
     * As {@link #refused(SipAccount, RefusalReason, ServerTransactionHandle, int)}, for a request
     * that was answered already.
     */
    public void refused(SipAccount account, RefusalReason reason, SipRequest request, int status) {
        refusals.refused(account, reason, request.method(), status);
    }

    TransportLayer transport() {
        return transactions.transport();
    }

    private void closed(SipEndpoint endpoint) {
        inbound.remove(endpoint);
        for (Flow flow : endpoint.closeFlows()) {
            boolean shared = inbound.all().stream().anyMatch(other -> other.uses(flow));
            if (flow.isReliable() && !shared) {
                transport().close(flow);
            }
        }
    }
}
