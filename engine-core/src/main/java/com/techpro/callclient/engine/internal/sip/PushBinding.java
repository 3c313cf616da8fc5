// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.PushSupport;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.ParameterizedToken;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.ports.push.PushToken;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the phone system can wake the app for calls to one flow of an account, and whether it said that it does (RFC 8599). Each flow has its own, as
 * each may lead over another proxy. Belongs to the loop.
 */
final class PushBinding {
    private static final int LONGEST_REFERENCE = 256;

    private final Supplier<@Nullable PushToken> tokens;
    /** What the last REGISTER named. */
    private @Nullable PushToken asked;
    /** What a 555 came for; another token may be of another service. */
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

    /** Of the same tokens, for another flow. */
    PushBinding ofOtherFlow() {
        return new PushBinding(tokens);
    }

    /**
     * What a REGISTER says of it: for the registrar and its proxies alone; whoever we call learns nothing of it (§4.1). While the app runs it
     * refreshes by itself and says so (§4.1.4); where it sleeps instead, the phone system misses the refresh and wakes it.
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

    /** How long before a registration runs out the phone system wants to see its refresh, or has the app woken; zero where it does not say. */
    Duration lead() {
        return lead;
    }

    /** §6.1: requests of a dialog that is made with this Contact wake the app too, where the phone system can do that. */
    SipUri inDialog(SipUri contact) {
        return reference == null ? contact : contact.withParam("pn-purr", reference);
    }

    /** §5.3.2. Returns whether the REGISTER is worth sending again, without the token. */
    boolean refuse() {
        if (asked == null) {
            return false;
        }
        refused = asked;
        return true;
    }

    /** Takes what a 2xx to REGISTER says. */
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
