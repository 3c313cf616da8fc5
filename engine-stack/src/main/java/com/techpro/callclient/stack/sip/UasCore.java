// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.sip.dialog.DialogId;
import com.techpro.callclient.stack.sip.message.InitialRequest;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transaction.TransactionUser;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportEvents.Admission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Dispatches incoming requests (RFC 3261 §8.2, §12.2.2). Requests of dialogs and accounts go to
 * their handlers; every other request gets its error response, or none.
 */
final class UasCore implements TransactionUser {
    /** Methods that are valid only within a dialog. */
    private static final Set<String> IN_DIALOG_ONLY = Set.of("BYE", "INFO", "UPDATE", "PRACK");

    private static final Set<String> TARGET_REFRESH = Set.of("INVITE", "UPDATE", "SUBSCRIBE", "NOTIFY", "REFER");

    private final SipSettings settings;
    private final TrustedPeers trusted;
    private final RefusalListener refusals;
    private final CapabilityHeaders capabilities;
    private final DialogTable<SipEndpoint> dialogs;
    private final Map<String, List<SipEndpoint>> endpoints = new HashMap<>();
    private long untrustedSources;
    private long unknownDialogs;

    UasCore(
            SipSettings settings,
            CapabilityHeaders capabilities,
            TrustedPeers trusted,
            DialogTable<SipEndpoint> dialogs,
            RefusalListener refusals) {
        this.settings = settings;
        this.capabilities = capabilities;
        this.trusted = trusted;
        this.dialogs = dialogs;
        this.refusals = refusals;
    }

    /**
     * @param endpoint null if the account of the request is not known
     */
    private String allow(@Nullable SipEndpoint endpoint) {
        return capabilities.allow(endpoint != null && endpoint.takesMessages());
    }

    private String supported(@Nullable SipEndpoint endpoint) {
        return endpoint == null
                ? capabilities.supported(false, false)
                : endpoint.identity().supported();
    }

    void add(SipEndpoint endpoint) {
        endpoints
                .computeIfAbsent(endpoint.account().user(), user -> new ArrayList<>(1))
                .add(endpoint);
    }

    void remove(SipEndpoint endpoint) {
        endpoints.computeIfPresent(endpoint.account().user(), (user, all) -> {
            all.remove(endpoint);
            return all.isEmpty() ? null : all;
        });
    }

    List<SipEndpoint> all() {
        List<SipEndpoint> all = new ArrayList<>();
        endpoints.values().forEach(all::addAll);
        return all;
    }

    /**
     * Drops requests of untrusted sources over UDP without an answer: scanners move on, and forged
     * addresses receive nothing. A source that knows a dialog's tags gets 403, as it may be another
     * address of the phone system; the egress guard sends that answer only if it permits the
     * address.
     */
    @Override
    public boolean admits(SipRequest request, Flow flow) {
        if (!isUntrustedSource(request, flow)) {
            return true;
        }
        boolean answered =
                !request.isMethod("ACK") && (flow.isReliable() || dialogs.has(DialogId.ofReceivedRequest(request)));
        if (answered) {
            return true;
        }
        untrustedSources++;
        refusals.refused(named(request), RefusalReason.UNTRUSTED_SOURCE, request.method(), 0);
        return false;
    }

    /** Returns the account whose user the request names, trusted or not; or null. */
    private @Nullable SipAccount named(SipRequest request) {
        String user = request.requestUri().user();
        return ofUser(user == null ? "" : user);
    }

    private @Nullable SipAccount ofUser(String user) {
        List<SipEndpoint> all = endpoints.getOrDefault(user, List.of());
        return all.isEmpty() ? null : all.get(0).account();
    }

    @Override
    public Admission overloaded(InitialRequest request, Flow flow) {
        if (!flow.isReliable() && !settings.acceptUntrustedSources() && !trusted.trusts(flow)) {
            untrustedSources++;
            refusals.refused(ofUser(request.user()), RefusalReason.UNTRUSTED_SOURCE, request.method(), 0);
            return Admission.IGNORE;
        }
        Admission admission = TransactionUser.super.overloaded(request, flow);
        if (admission == Admission.SERVICE_UNAVAILABLE) {
            refusals.refused(ofUser(request.user()), RefusalReason.OVERLOAD, request.method(), 503);
        }
        return admission;
    }

    private void refuse(ServerTransactionHandle transaction, RefusalReason reason, SipResponse response) {
        SipRequest request = transaction.request();
        refusals.refused(named(request), reason, request.method(), response.status());
        transaction.respond(response);
    }

    private void refuse(ServerTransactionHandle transaction, RefusalReason reason, int status) {
        refuse(transaction, reason, transaction.response(status).build());
    }

    /**
     * Checked before a request changes anything. In a dialog, only the phone system of the dialog's
     * own account is trusted.
     */
    private boolean isUntrustedSource(SipRequest request, Flow flow) {
        if (settings.acceptUntrustedSources()) {
            return false;
        }
        DialogTable.Entry<SipEndpoint> known = dialogs.get(DialogId.ofReceivedRequest(request));
        return known == null
                ? !trusted.trusts(flow) && dialogs.awaited(request) == null
                : !known.account().trustsWithin(known.dialog(), flow);
    }

    @Override
    public @Nullable Object recipient(SipRequest request, Flow flow) {
        return endpointFor(request, flow);
    }

    @Override
    public void request(ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        if (isUntrustedSource(request, transaction.flow())) {
            untrustedSources++;
            refuse(transaction, RefusalReason.UNTRUSTED_SOURCE, 403);
        } else if (!allows(request, transaction.flow())) {
            String allowed = allow(endpointFor(request, transaction.flow()));
            refuse(
                    transaction,
                    RefusalReason.METHOD_NOT_ALLOWED,
                    transaction.response(405).set("Allow", allowed).build());
        } else if (request.to().tag() != null) {
            withinDialog(transaction);
        } else if (IN_DIALOG_ONLY.contains(request.method())) {
            unknownDialog(transaction);
        } else {
            outsideDialogs(transaction);
        }
    }

    /** MESSAGE is not accepted if it was, or may have been, readable on its way. */
    private boolean allows(SipRequest request, Flow flow) {
        if (!settings.capabilities().methods().contains(request.method())) {
            return false;
        }
        if (!request.isMethod("MESSAGE")) {
            return true;
        }
        // Within a call, the call's account, whatever user the request names.
        DialogTable.Entry<SipEndpoint> known = dialogs.get(DialogId.ofReceivedRequest(request));
        SipEndpoint endpoint = known == null ? endpointFor(request, flow) : known.account();
        return endpoint == null || (endpoint.takesMessages() && flow.transport().isEncrypted());
    }

    private void withinDialog(ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        DialogTable.Entry<SipEndpoint> known = dialogs.get(DialogId.ofReceivedRequest(request));
        PendingSubscription first = known == null ? dialogs.awaited(request) : null;
        if (first != null) {
            first.handler().accept(transaction);
        } else if (known == null) {
            unknownDialog(transaction);
        } else if (requiresUnknown(transaction)) {
            return;
        } else if (!known.dialog().accept(request)) {
            refuse(transaction, RefusalReason.OUT_OF_ORDER, 500);
        } else if (request.isMethod("OPTIONS")) {
            answerOptions(transaction);
        } else if (request.isMethod("MESSAGE")) {
            known.account().handler().request(transaction);
        } else {
            if (TARGET_REFRESH.contains(request.method())) {
                known.dialog().refreshTarget(request);
            }
            known.handler().request(transaction);
        }
    }

    private void unknownDialog(ServerTransactionHandle transaction) {
        unknownDialogs++;
        refuse(transaction, RefusalReason.UNKNOWN_DIALOG, 481);
    }

    private void outsideDialogs(ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        SipEndpoint endpoint = endpointFor(request, transaction.flow());
        if (!request.requestUri().isSip()) {
            refuse(transaction, RefusalReason.UNSUPPORTED_URI_SCHEME, 416);
        } else if (endpoint == null) {
            refuse(transaction, RefusalReason.UNKNOWN_USER, 404);
        } else if (requiresUnknown(transaction)) {
            return;
        } else if (request.isMethod("OPTIONS")) {
            answerOptions(transaction);
        } else if (request.isMethod("INVITE")) {
            endpoint.handler().invite(transaction);
        } else {
            endpoint.handler().request(transaction);
        }
    }

    /**
     * Looks the account up by the registered Contact; by the user name alone if the phone system
     * has changed the rest.
     */
    private @Nullable SipEndpoint endpointFor(SipRequest request, Flow flow) {
        SipUri uri = request.requestUri();
        SipEndpoint byUser = null;
        // A temporary GRUU has a user part of its own (RFC 5627 §3.1.2).
        List<SipEndpoint> candidates = endpoints.getOrDefault(
                uri.user() == null ? "" : uri.user(), uri.param("gr") == null ? List.of() : all());
        for (SipEndpoint endpoint : candidates) {
            if (!settings.acceptUntrustedSources() && !endpoint.trusts(flow)) {
                continue;
            }
            if (endpoint.isAddressedBy(uri)) {
                return endpoint;
            }
            byUser = byUser == null && endpoint.account().user().equals(uri.user()) ? endpoint : byUser;
        }
        return byUser;
    }

    /** §8.2.2.3. */
    private boolean requiresUnknown(ServerTransactionHandle transaction) {
        List<String> required = transaction.request().headers("Require");
        if (required.isEmpty()) {
            return false;
        }
        List<String> unknown = new ArrayList<>(required);
        unknown.removeAll(settings.capabilities().extensions());
        if (transaction.request().isMethod("NOTIFY")) {
            // RFC 4662 §4.4: every NOTIFY of a resource list requires it; its subscriber has said
            // that it supports it.
            unknown.remove("eventlist");
        }
        if (unknown.isEmpty()) {
            return false;
        }
        SipResponse.Builder refusal = transaction.response(420);
        unknown.forEach(extension -> refusal.add("Unsupported", extension));
        refuse(transaction, RefusalReason.BAD_EXTENSION, refusal.build());
        return true;
    }

    /** §11.2. */
    private void answerOptions(ServerTransactionHandle transaction) {
        SipEndpoint endpoint = endpointFor(transaction.request(), transaction.flow());
        String accept = capabilities.accept(endpoint != null && endpoint.takesMessages());
        SipResponse.Builder ok =
                transaction.response(200).set("Allow", allow(endpoint)).set("Accept", accept);
        String extensions = supported(endpoint);
        if (!extensions.isEmpty()) {
            ok.set("Supported", extensions);
        }
        transaction.respond(ok.build());
    }

    @Override
    public void requestRefused(SipRequest request, RefusalReason reason, int status) {
        refusals.refused(named(request), reason, request.method(), status);
    }

    @Override
    public void malformed(String method, int status) {
        refusals.refused(null, RefusalReason.MALFORMED, method, status);
    }

    @Override
    public void ack(SipRequest ack) {
        DialogTable.Entry<SipEndpoint> known = dialogs.get(DialogId.ofReceivedRequest(ack));
        if (known != null) {
            known.handler().ack(ack);
        }
    }

    @Override
    public void strayResponse(SipResponse response, Flow flow) {
        if (!LateAnswer.is(response) || dialogs.has(DialogId.ofReceivedResponse(response))) {
            return;
        }
        for (SipEndpoint endpoint : all()) {
            if (endpoint.trusts(flow)) {
                LateAnswer.end(endpoint, response, flow);
                return;
            }
        }
    }

    @Override
    public void cancelled(ServerTransactionHandle invite, SipRequest cancel) {
        DialogTable.Entry<SipEndpoint> known = dialogOf(invite);
        if (known != null) {
            known.handler().cancelled(invite, cancel);
        }
        if (!invite.isAnswered()) {
            invite.respond(487);
        }
    }

    @Override
    public void ackTimedOut(ServerTransactionHandle invite) {
        DialogTable.Entry<SipEndpoint> known = dialogOf(invite);
        SipEndpoint endpoint = endpointFor(invite.request(), invite.flow());
        if (known != null) {
            known.handler().ackTimedOut();
        } else if (endpoint != null) {
            endpoint.handler().ackTimedOut(invite);
        }
    }

    @Override
    public void lost(ServerTransactionHandle transaction) {
        DialogTable.Entry<SipEndpoint> known = dialogOf(transaction);
        if (known != null) {
            known.handler().lost(transaction);
        }
    }

    private DialogTable.@Nullable Entry<SipEndpoint> dialogOf(ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        String remoteTag = request.from().tag();
        return dialogs.get(new DialogId(request.callId(), transaction.localTag(), remoteTag == null ? "" : remoteTag));
    }

    @Override
    public void flowClosed(Flow flow, @Nullable Failure why) {
        for (SipEndpoint endpoint : all()) {
            endpoint.flowClosed(flow, why);
        }
    }

    int endpoints() {
        return endpoints.values().stream().mapToInt(List::size).sum();
    }

    long untrustedSources() {
        return untrustedSources;
    }

    long unknownDialogs() {
        return unknownDialogs;
    }
}
