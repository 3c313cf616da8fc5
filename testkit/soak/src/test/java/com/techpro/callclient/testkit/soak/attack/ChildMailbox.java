// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import java.nio.file.Path;

/** Reads a {@link HostileMailbox} in a process of its own, and says what came of it. */
final class ChildMailbox {
    private ChildMailbox() {}

    /** @param arguments host, port, authority's file */
    public static void main(String[] arguments) throws Exception {
        System.out.println(ChildPhone.ANSWER
                + HostileMailbox.read(
                        new HostPort(arguments[0], Integer.parseInt(arguments[1])),
                        TlsTrust.anchoredAt(Path.of(arguments[2])),
                        settings -> settings,
                        client -> "listed "
                                + client.voicemail().snapshot().messages().size() + " of "
                                + client.voicemail().snapshot().total()));
        System.exit(0);
    }
}
