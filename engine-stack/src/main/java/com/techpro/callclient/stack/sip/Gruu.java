// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that reach this installation on whichever flow it uses (RFC 5627), as the registrar
 * assigned them.
 *
 * @param open {@code pub-gruu}, which contains the user's name; null if there is none
 * @param anonymous {@code temp-gruu}, which contains no name; null if there is none
 */
record Gruu(@Nullable SipUri open, @Nullable SipUri anonymous) {
    private static final int LONGEST = 1_024;

    static final Gruu NONE = new Gruu(null, null);

    /**
     * Returns the GRUUs of this instance's binding (§4.3). If there are several flows, any of their
     * bindings will do.
     */
    static Gruu of(SipResponse registered, @Nullable String instance) {
        for (NameAddr contact : registered.contacts()) {
            if (instance != null && ("<" + instance + ">").equals(contact.param("+sip.instance"))) {
                Gruu found = new Gruu(uri(contact.param("pub-gruu")), uri(contact.param("temp-gruu")));
                if (found.open != null) {
                    return found;
                }
            }
        }
        return NONE;
    }

    private static @Nullable SipUri uri(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        try {
            SipUri uri = SipUri.parse(text);
            return uri.isSip() && uri.param("gr") != null ? uri : null;
        } catch (SipParseException e) {
            return null;
        }
    }

    boolean is(SipUri uri) {
        return names(open, uri) || names(anonymous, uri);
    }

    private static boolean names(@Nullable SipUri own, SipUri uri) {
        String gr = uri.param("gr");
        return own != null
                && gr != null
                && gr.equals(own.param("gr"))
                && (own.user() == null ? uri.user() == null : own.user().equals(uri.user()));
    }
}
