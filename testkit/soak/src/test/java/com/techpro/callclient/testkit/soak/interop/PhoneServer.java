// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.nio.file.Path;

/** Where a softphone registers: on a loopback address, for {@value #DOMAIN}. */
interface PhoneServer {
    String DOMAIN = "pbx.test";

    int port(SipTransport transport);

    default ServerHost host() {
        return ServerHost.LOOPBACK;
    }

    /** The certificate of the authority to trust, in PEM. */
    Path authorityFile();

    /** Every extension's password is as simple as that. */
    static String passwordOf(String extension) {
        return "pw-" + extension;
    }
}
