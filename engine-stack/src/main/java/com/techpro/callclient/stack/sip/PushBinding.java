// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.push.PushSupport;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.ParameterizedToken;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how the phone system can wake the app for calls on one flow of an account (RFC 8599).
 * Each flow has its own, as each may lead over another proxy. Belongs to the loop.
 */
final class PushBinding {
    private static final int LONGEST_REFERENCE = 256;

    private final Supplier<@Nullable PushToken> tokens;
    /** The token of the last REGISTER. */
    private @Nullable PushToken asked;
    /** The token that was answered with 555; another token may belong to another service. */
    private @Nullable PushToken refused;

    private PushSupport support = PushSupport.NOT_ASKED;
    private @Nullable String reference;
    private Duration lead = Duration.ZERO;

    PushBinding(Supplier<@Nullable PushToken> tokens) {
        this.tokens = tokens;
    }

    PushSupport support() {
        return support;
    }

    /** Returns a binding with the same tokens for another flow. */
    PushBinding ofOtherFlow() {
        return new PushBinding(tokens);
    }

    /**
     * Returns the Contact for a REGISTER, with the push parameters. Only the registrar and its
     * proxies see them; the far end of a call does not (§4.1). A running app refreshes its
     * registration by itself and says so (§4.1.4). If the app sleeps, the phone system misses the
     * refresh and wakes it.
     */
    NameAddr inRegister(NameAddr contact) {
        PushToken token = tokens.get();
        asked = token == null || token.equals(refused) ? null : token;
        if (asked == null) {
            return contact;
        }
        SipUri uri = contact.uri().withParam("pn-provider", asked.provider()).withParam("pn-prid", asked.resource());
        String parameter = asked.parameter();
        return NameAddr.of(parameter == null ? uri : uri.withParam("pn-param", parameter))
                .withParam("+sip.pnsreg", "");
    }

    /**
     * Returns how long before expiry the phone system wants the refresh, or else wakes the app;
     * zero if it does not say.
     */
    Duration lead() {
        return lead;
    }

    /**
     * Returns the Contact for a dialog (§6.1): if the phone system supports it, requests of the
     * dialog wake the app too.
     */
    SipUri inDialog(SipUri contact) {
        return reference == null ? contact : contact.withParam("pn-purr", reference);
    }

    /** §5.3.2: stops sending the token. Returns whether to send the REGISTER again without it. */
    boolean refuse() {
        if (asked == null) {
            return false;
        }
        refused = asked;
        return true;
    }

    /** Processes a 2xx to REGISTER. */
    void accepted(SipResponse response) {
        reference = null;
        lead = Duration.ZERO;
        PushToken token = asked;
        if (token == null) {
            support = refused != null && refused.equals(tokens.get()) ? PushSupport.REFUSED : PushSupport.NOT_ASKED;
            return;
        }
        support = PushSupport.UNCONFIRMED;
        for (String value : response.headers("Feature-Caps")) {
            ParameterizedToken capabilities = ParameterizedToken.parse(value);
            if (capabilities != null) {
                take(capabilities, token);
            }
        }
    }

    private void take(ParameterizedToken capabilities, PushToken token) {
        if (token.provider().equalsIgnoreCase(unquoted(capabilities.parameters().get("+sip.pns")))) {
            support = PushSupport.CONFIRMED;
        }
        String seconds = unquoted(capabilities.parameters().get("+sip.pnsreg"));
        if (!seconds.isEmpty() && seconds.length() <= 6 && seconds.chars().allMatch(c -> c >= '0' && c <= '9')) {
            lead = Duration.ofSeconds(Long.parseLong(seconds));
        }
        String purr = unquoted(capabilities.parameters().get("+sip.pnspurr"));
        if (!purr.isEmpty()
                && purr.length() <= LONGEST_REFERENCE
                && purr.chars().allMatch(c -> c > ' ' && c <= '~')) {
            reference = purr;
        }
    }

    private static String unquoted(@Nullable String value) {
        if (value == null) {
            return "";
        }
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
