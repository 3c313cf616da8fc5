// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.PushSupport;
import com.techpro.callclient.engine.internal.sip.message.ParameterizedToken;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.ports.push.PushToken;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How an account's phone system can wake the app, and whether it said that it does (RFC 8599). Belongs to the loop. */
final class PushBinding {
    private static final int LONGEST_REFERENCE = 256;

    private final Supplier<@Nullable PushToken> tokens;
    /** What the last REGISTER named. */
    private @Nullable PushToken asked;
    /** What a 555 came for; another token may be of another service. */
    private @Nullable PushToken refused;

    private PushSupport support = PushSupport.NOT_ASKED;
    private @Nullable String reference;

    PushBinding(Supplier<@Nullable PushToken> tokens) {
        this.tokens = tokens;
    }

    PushSupport support() {
        return support;
    }

    /** §4.1: for the registrar and its proxies alone; whoever we call learns nothing of it. */
    SipUri inRegister(SipUri contact) {
        PushToken token = tokens.get();
        asked = token == null || token.equals(refused) ? null : token;
        if (asked == null) {
            return contact;
        }
        SipUri uri = contact.withParam("pn-provider", asked.provider()).withParam("pn-prid", asked.resource());
        String parameter = asked.parameter();
        return parameter == null ? uri : uri.withParam("pn-param", parameter);
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
