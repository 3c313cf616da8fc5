// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The engine in a process that has a network of its own. It speaks, listens and judges what it hears. */
final class NamespacePhone implements AutoCloseable {
    private static final List<String> SMALL =
            List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dslf4j.internal.verbosity=ERROR");

    private final String extension;
    private final ChildJvm child;
    private int unread;

    NamespacePhone(NetworkNamespace namespace, String extension, Kamailio system, Coturn relay, Path directory) {
        this.extension = extension;
        try {
            child = ChildJvm.of(ChildPhone.class)
                    .before(namespace.prefix())
                    .options(SMALL)
                    .arguments(
                            extension,
                            NatNetwork.SYSTEM_ADDRESS + ":" + system.port(SipTransport.TLS),
                            system.authorityFile().toString(),
                            relay.authorityFile().toString(),
                            directory.resolve(extension + ".wav").toString())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String extension() {
        return extension;
    }

    /** Has all of them do this at once. */
    static void all(String command, NamespacePhone... phones) {
        for (NamespacePhone phone : phones) {
            phone.say(command);
        }
        for (NamespacePhone phone : phones) {
            phone.awaitDone(command);
        }
    }

    /** Begins what a line says; {@link ChildPhone} knows them. */
    void say(String command) {
        try {
            // Of a test that failed meanwhile.
            while (unread > 0) {
                answer();
            }
            child.say(command);
            unread++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. */
    void awaitDone(String command) {
        String answer = answer();
        if (!answer.endsWith(ChildPhone.ANSWER + command.split(" ")[0])) {
            throw new AssertionError(extension + ", at " + command + "\n" + answer);
        }
    }

    /** The next, behind what was printed before it. */
    private String answer() {
        List<String> printed = new ArrayList<>();
        try {
            for (String line = child.line(); line != null; line = child.line()) {
                printed.add(line);
                if (line.startsWith(ChildPhone.ANSWER)) {
                    unread--;
                    return String.join("\n", printed);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError(extension + " has ended\n" + String.join("\n", printed));
    }

    @Override
    public void close() {
        child.close();
    }
}
