// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;

/**
 * A user's mailbox and its credentials.
 *
 * @param server port 0 means that of IMAP inside TLS (RFC 8314 §7.3)
 * @param password the mailbox's own copy, which the box wipes when it is closed
 */
public record ImapAccount(HostPort server, String user, Secret password, TlsTrust trust) {
    static final int IMAPS = 993;

    int port() {
        return server.port() == 0 ? IMAPS : server.port();
    }

    @Override
    public String toString() {
        return "ImapAccount[redacted]";
    }
}
