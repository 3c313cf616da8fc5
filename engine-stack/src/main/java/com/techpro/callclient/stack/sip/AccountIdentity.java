// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.auth.DigestAuthenticator;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * An account's identity in its requests, and the credentials that prove it. The same for all flows.
 * Belongs to the loop.
 */
final class AccountIdentity {
    private final SipContext context;
    private final SipAccount account;
    private final NameAddr addressOfRecord;
    private final DigestAuthenticator authenticator;
    private final EndpointContact contact;
    private @Nullable Secret updatedPassword;

    AccountIdentity(SipContext context, SipAccount account) {
        this.context = context;
        this.account = account;
        this.addressOfRecord =
                NameAddr.of(account.displayName(), SipUri.of("sip", account.user(), account.domain(), 0));
        this.authenticator = new DigestAuthenticator(
                account.authUser(),
                account.password(),
                account.passwordHash(),
                account.securityFloor().md5Digest(),
                account.securityFloor().digestDowngrade(),
                context.random());
        this.contact = new EndpointContact(
                account.user(),
                Integer.toHexString(context.random().nextInt() | Integer.MIN_VALUE),
                1,
                account.usesGruu(),
                context.settings().instanceId(),
                new PushBinding(context::pushToken));
    }

    SipContext context() {
        return context;
    }

    SipAccount account() {
        return account;
    }

    /** With the display name, without a tag. */
    NameAddr addressOfRecord() {
        return addressOfRecord;
    }

    DigestAuthenticator authenticator() {
        return authenticator;
    }

    /**
     * The contact of the flow with reg-id 1, over which the account is always registered; the
     * contacts of other flows are made from it.
     */
    EndpointContact contact() {
        return contact;
    }

    /**
     * @param changed wiped when the password changes again, or by {@link #wipe}
     */
    void updatePassword(Secret changed) {
        wipe();
        updatedPassword = changed;
        authenticator.update(changed);
    }

    /** Wipes a password that was set by {@link #updatePassword}. */
    void wipe() {
        if (updatedPassword != null) {
            updatedPassword.wipe();
        }
    }

    /** The registrar. */
    SipUri domain() {
        return SipUri.of("sip", null, account.domain(), account.domainPort());
    }

    /** Returns a request outside dialogs; see {@link SipEndpoint#newRequest}. */
    SipRequest.Builder newRequest(String method, SipUri target) {
        return SipRequest.builder(method, atDomainPort(target))
                .from(addressOfRecord.withTag(context.transactions().newTag()))
                .to(NameAddr.of(target))
                .callId(context.newCallId())
                .cseq(1, method);
    }

    /**
     * Adds the port of the account's domain if the target is in that domain; To and From have none
     * (RFC 3261 §19.1.1).
     */
    private SipUri atDomainPort(SipUri target) {
        boolean ours = account.domainPort() != 0
                && target.port() == 0
                && target.scheme().equals("sip")
                && target.host().equals(account.domain());
        return ours ? target.withPort(account.domainPort()) : target;
    }

    /**
     * Whether MESSAGE is sent and accepted: not if the account's signalling is, or may be, readable
     * on the network.
     */
    boolean takesMessages() {
        return account.transport().isEncrypted() && !account.securityFloor().cleartextSignalling();
    }

    String allow() {
        return context.capabilities().allow(takesMessages());
    }

    /** An account with an instance ID can have flows (RFC 5626 §4.2.1). */
    String supported() {
        return context.capabilities().supported(contact.offersOutbound(), contact.isIdentified() && account.usesGruu());
    }

    void describe(SipRequest.Builder request) {
        String method = request.method();
        request.set("User-Agent", context.settings().userAgent());
        if (method.equals("INVITE") || method.equals("REGISTER") || method.equals("UPDATE")) {
            request.set("Allow", allow());
            String supported = supported();
            if (!request.has("Supported") && !supported.isEmpty()) {
                request.set("Supported", supported);
            }
        }
    }

    void describe(SipResponse.Builder response) {
        response.set("Server", context.settings().product()).set("Allow", allow());
        String supported = supported();
        if (!supported.isEmpty()) {
            response.set("Supported", supported);
        }
    }

    @Override
    public String toString() {
        return "AccountIdentity[redacted]";
    }
}
