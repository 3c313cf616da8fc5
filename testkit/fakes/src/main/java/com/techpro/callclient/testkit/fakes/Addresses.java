// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.PartyIdentity;

/** Where the scripted phone system is, and how it writes users. */
final class Addresses {
    static final String DOMAIN = "pbx.example";
    static final String HOST = "192.0.2.10";
    static final int PORT = 5061;

    private Addresses() {}

    /** Returns the user of a SIP URI, which may have none. */
    static String userOf(String uri) {
        String rest = uri.substring(uri.indexOf(':') + 1);
        int at = rest.indexOf('@');
        return at < 0 ? rest : rest.substring(0, at);
    }

    /** Returns the name-addr of a party (RFC 3261 §20.10). */
    static String of(PartyIdentity party) {
        if (party.withheld()) {
            return "\"Anonymous\" <sip:anonymous@anonymous.invalid>";
        }
        String name = party.displayName();
        return (name == null ? "" : "\"" + name.replaceAll("[\"\\\\]", "\\\\$0") + "\" ") + "<sip:" + party.user() + "@"
                + party.domain() + ">";
    }

    /** Returns the Contact header with which requests for a user reach the phone system. */
    static String contact(String user) {
        return "Contact: <sip:" + (user.isEmpty() ? "anonymous" : user) + "@" + HOST + ":" + PORT + ";transport=tls>";
    }
}
