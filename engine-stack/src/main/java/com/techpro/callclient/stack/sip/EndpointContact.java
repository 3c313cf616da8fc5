// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.net.NumericHost;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.message.Via;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Contact of an account (RFC 3261 §8.1.1.8): the local address of its flow or, over UDP, the
 * address that the phone system sees (RFC 3581). A private URI parameter distinguishes accounts
 * with the same user name.
 */
final class EndpointContact {
    private static final String LINE = "line";
    /** Room for Authorization and Via. */
    private static final int CREDENTIALS_LENGTH = 500;
    /**
     * In a row. A NAT may have another mapping for each packet, and each correction would find
     * another one; after these, the next refresh tries again.
     */
    private static final int MOST_CORRECTIONS = 2;

    private static final Set<String> WITH_CONTACT =
            Set.of("INVITE", "REGISTER", "UPDATE", "SUBSCRIBE", "NOTIFY", "REFER");

    private final String user;
    private final String line;
    private final int regId;
    private final boolean usesGruu;
    private @Nullable String instanceId;
    private @Nullable String publicHost;
    private int publicPort;
    private int corrections;
    private Gruu gruu = Gruu.NONE;
    private boolean outbound;
    /** Whether the first hop answered that it does not support outbound (439). */
    private boolean outboundRefused;

    private final PushBinding push;
    private final RegisteredContacts registered = new RegisteredContacts();
    private @Nullable Flow builtFor;
    private @Nullable NameAddr built;

    /**
     * @param regId identifies the flow within the account (RFC 5626 §4.2)
     */
    EndpointContact(
            String user, String line, int regId, boolean usesGruu, @Nullable String instanceId, PushBinding push) {
        this.user = user;
        this.line = line;
        this.regId = regId;
        this.usesGruu = usesGruu;
        this.instanceId = instanceId;
        this.push = push;
    }

    /**
     * Returns the Contact for requests of a dialog.
     *
     * @param secure whether §8.1.1.8 or §12.1.1 requires a sips URI
     * @param anonymous whether the user's number is withheld
     */
    NameAddr inDialog(Flow flow, boolean secure, boolean anonymous) {
        SipUri reached = anonymous ? gruu.anonymous() : gruu.open();
        SipUri uri = push.inDialog(reached == null ? bound(flow).uri() : reached);
        return NameAddr.of(secure ? uri.secured() : uri);
    }

    /** Returns the Contact to register. */
    NameAddr bound(Flow flow) {
        NameAddr known = built;
        if (known == null || builtFor != flow) {
            known = NameAddr.of(uri(flow));
            built = known;
            builtFor = flow;
        }
        return known;
    }

    private SipUri uri(Flow flow) {
        String host = publicHost;
        SipUri uri = host != null && flow.transport() == SipTransport.UDP
                ? SipUri.of("sip", user, host, publicPort)
                : flow.localUri(user);
        uri = uri.withParam(LINE, line);
        return outbound ? uri.withParam("ob", "") : uri;
    }

    void identify(String urn) {
        instanceId = urn;
    }

    /** Returns the contact of another flow of the same account. */
    EndpointContact onFlow(int other) {
        return new EndpointContact(user, line, other, usesGruu, instanceId, push.ofOtherFlow());
    }

    PushBinding push() {
        return push;
    }

    /**
     * Whether a registrar can distinguish this installation from the user's others (RFC 5626 §4.1).
     */
    boolean isIdentified() {
        return instanceId != null;
    }

    /** Whether REGISTER asks the registrar to keep a binding per flow. */
    boolean offersOutbound() {
        return instanceId != null && !outboundRefused;
    }

    /**
     * RFC 5626 §4.2.1: stops asking for outbound on the first flow. Returns whether to send the
     * REGISTER again without it. There is then one binding, that of the first flow.
     */
    boolean refuseOutbound() {
        if (regId != 1) {
            return false;
        }
        boolean offered = offersOutbound();
        outboundRefused = true;
        return offered;
    }

    boolean isOutbound() {
        return outbound;
    }

    /**
     * Sets the Contact of a request that needs one.
     *
     * @param reached the flow on which the account is reached; a large request may use another
     * @param dialog the request's dialog, or null
     */
    void complete(SipRequest.Builder request, Flow reached, @Nullable Dialog dialog) {
        if (!WITH_CONTACT.contains(request.method()) || (request.has("Contact") && !isOurs(request))) {
            return;
        }
        boolean secure = (dialog != null && dialog.isSecure()) || leadsToSips(request);
        if (request.method().equals("REGISTER")) {
            NameAddr binding = binding(reached, secure, !"0".equals(request.first("Expires")));
            request.contact(binding);
            removeReplaced(request, reached, binding.uri());
        } else if (subscribes(request, dialog)) {
            request.contact(subscribing(reached, secure));
        } else {
            boolean anonymous = dialog == null ? request.has("Privacy") : dialog.isAnonymous();
            request.contact(inDialog(reached, secure, anonymous));
        }
    }

    /**
     * §10.2.2. Only where the registrar did not say that it keeps a binding per flow; flows other
     * than the first exist only where it did. Over UDP only as far as the request, with
     * credentials, still fits a datagram.
     */
    private void removeReplaced(SipRequest.Builder register, Flow flow, SipUri binding) {
        for (SipUri gone : registered.sending(binding)) {
            String removal = NameAddr.of(gone).withParam("expires", "0").encode();
            int length = register.build().encode().length + removal.length() + CREDENTIALS_LENGTH;
            boolean fits = flow.isReliable() || !TransportLayer.exceedsDatagramLimit(length);
            if (fits && regId == 1 && !outbound) {
                register.add("Contact", removal);
            }
        }
    }

    /**
     * Stops removing replaced Contacts, which a registrar may refuse that knows one Contact only.
     * Returns whether to send the REGISTER again without them.
     */
    boolean refuseRemovals(int status) {
        // 423 is about the expiry; the others about the server's condition.
        boolean other = status == 408 || status == 423 || status == 430 || status == 503 || status == 504;
        return !other && !outbound && registered.refused();
    }

    RegisteredContacts registered() {
        return registered;
    }

    private static boolean subscribes(SipRequest.Builder request, @Nullable Dialog dialog) {
        return request.method().equals("SUBSCRIBE") || (request.method().equals("REFER") && dialog == null);
    }

    /**
     * Returns the Contact for notifications. Real-world notifiers send them to this address
     * directly and do not look up its owner.
     */
    NameAddr subscribing(Flow flow, boolean secure) {
        SipUri uri = push.inDialog(bound(flow).uri());
        return NameAddr.of(secure ? uri.secured() : uri);
    }

    /**
     * @param wakeable whether the phone system may wake the app for this binding; false if it is
     *     removed (RFC 8599 §4.1.2)
     */
    private NameAddr binding(Flow flow, boolean secure, boolean wakeable) {
        SipUri uri = bound(flow).uri();
        NameAddr plain = NameAddr.of(secure ? uri.secured() : uri);
        NameAddr binding = wakeable ? push.inRegister(plain) : plain;
        if (instanceId == null) {
            return binding;
        }
        NameAddr ofFlow = outboundRefused ? binding : binding.withParam("reg-id", Integer.toString(regId));
        return ofFlow.withParam("+sip.instance", "\"<" + instanceId + ">\"");
    }

    /** §8.1.1.8: decided by the Request-URI or the first route. */
    private static boolean leadsToSips(SipRequest.Builder request) {
        String route = request.first("Route");
        return request.requestUri().isSecure() || (route != null && route.contains("<sips:"));
    }

    private boolean isOurs(SipRequest.Builder request) {
        String contact = request.first("Contact");
        return contact != null && contact.contains(";" + LINE + "=" + line);
    }

    /** Returns whether this is the account's Contact, on the current or an earlier flow. */
    boolean isOurs(SipUri uri) {
        return (line.equals(uri.param(LINE)) && user.equals(uri.user())) || gruu.is(uri);
    }

    /**
     * Learns outbound support, GRUUs and the public address from the answer to a REGISTER.
     *
     * @return whether the registered Contact is out of date and to be corrected at once
     */
    boolean learn(SipResponse response, Flow flow, boolean outboundSupported) {
        if (outbound != outboundSupported) {
            outbound = outboundSupported;
            built = null;
        }
        gruu = usesGruu ? Gruu.of(response, instanceId) : Gruu.NONE;
        Via via = response.topVia();
        boolean mayBeRemoved = registered.accepted(via, listed(response));
        if (outbound || regId != 1) {
            registered.clear();
        }
        boolean outOfDate = learnAddress(via, flow) || (mayBeRemoved && !outbound);
        corrections = outOfDate && corrections < MOST_CORRECTIONS ? corrections + 1 : 0;
        return corrections > 0;
    }

    /** Returns the account's Contacts of which the registrar says that they are bound. */
    private List<SipUri> listed(SipResponse response) {
        List<SipUri> ours = new ArrayList<>(1);
        for (NameAddr contact : response.contacts()) {
            if (line.equals(contact.uri().param(LINE)) && !"0".equals(contact.param("expires"))) {
                ours.add(contact.uri());
            }
        }
        return ours;
    }

    private boolean learnAddress(Via via, Flow flow) {
        String seen = via.received();
        int port = via.rport();
        // With outbound, requests arrive on the flow, so the Contact's address does not matter (RFC
        // 5626 §5.3).
        if (flow.transport() != SipTransport.UDP || outbound || (seen == null && port <= 0)) {
            return false;
        }
        String local = NumericHost.text(flow.local().getAddress());
        String host = seen == null ? local : seen;
        int seenPort = port > 0 ? port : flow.local().getPort();
        String before = publicHost == null ? local : publicHost;
        int portBefore = publicHost == null ? flow.local().getPort() : publicPort;
        publicHost = host;
        publicPort = seenPort;
        if (NumericHost.same(host, before) && seenPort == portBefore) {
            return false;
        }
        built = null;
        return true;
    }

    /** The binding was removed. */
    void unregistered() {
        registered.clear();
        gruu = Gruu.NONE;
    }

    /** Forgets the closed flow and what was learned on it. */
    void forget() {
        publicHost = null;
        publicPort = 0;
        outboundRefused = false;
        built = null;
        builtFor = null;
    }
}
