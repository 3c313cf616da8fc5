// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.contracts.TemporaryFolder;
import com.techpro.callclient.testkit.pbx.PbxMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;

/**
 * The embedded PBX in its own JVM, so that its heap, threads and CPU time are not counted as the
 * engine's.
 */
final class PbxProcess implements AutoCloseable {
    private static final int FIRST_EXTENSION = 10_001;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ChildJvm process;
    private final TemporaryFolder folder;
    private final int port;
    private final TlsTrust trust;

    PbxProcess(int extensions) throws IOException {
        folder = new TemporaryFolder("callclient-bench");
        Path authority = folder.path().resolve("ca.pem");
        try {
            int[] ports = freePorts();
            port = ports[0];
            process = start(users(extensions), authority, ports);
        } catch (IOException e) {
            folder.close();
            throw e;
        }
        // Also when this process is ended: the other would run for ever.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.stop(GRACE), "callclient-bench-end"));
        try {
            awaitServing();
            trust = trustIn(authority);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Path users(int extensions) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < extensions; i++) {
            lines.append(extension(i)).append(" word-of-").append(extension(i)).append('\n');
        }
        return Files.writeString(folder.path().resolve("users.txt"), lines);
    }

    private static ChildJvm start(Path users, Path authority, int[] ports) throws IOException {
        return ChildJvm.of(PbxMain.class)
                .arguments(
                        "--users",
                        users.toString(),
                        "--ca",
                        authority.toString(),
                        "--tls",
                        Integer.toString(ports[0]),
                        "--tcp",
                        Integer.toString(ports[1]),
                        "--udp",
                        Integer.toString(ports[2]))
                .start();
    }

    private void awaitServing() throws IOException {
        String line = process.line();
        while (line != null && !line.startsWith("serving")) {
            line = process.line();
        }
        if (line == null) {
            throw new IOException("the PBX did not start");
        }
    }

    private static TlsTrust trustIn(Path authority) throws IOException {
        try {
            return TlsTrust.anchoredAt(authority);
        } catch (CertificateException e) {
            throw new IOException("the PBX's authority cannot be read", e);
        }
    }

    /** Returns the CPU time used so far; zero where the system does not tell. */
    Duration cpu() {
        return ProcessHandle.of(process.pid())
                .flatMap(pbx -> pbx.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    SipAccount account(int index, Duration keepAlive) {
        String extension = extension(index);
        return SipAccount.builder(extension, "pbx.test", Secret.of("word-of-" + extension))
                .outboundProxy(new HostPort("127.0.0.1", port))
                .tlsTrust(trust)
                .keepAlive(keepAlive)
                .build();
    }

    private static String extension(int index) {
        return Integer.toString(FIRST_EXTENSION + index);
    }

    private static int[] freePorts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket a = new ServerSocket(0, 1, loopback);
                ServerSocket b = new ServerSocket(0, 1, loopback);
                ServerSocket c = new ServerSocket(0, 1, loopback)) {
            return new int[] {a.getLocalPort(), b.getLocalPort(), c.getLocalPort()};
        }
    }

    @Override
    public void close() {
        process.stop(GRACE);
        try {
            folder.close();
        } catch (IOException e) {
            System.err.println("callclient: a temporary file of the PBX could not be deleted");
        }
    }
}
