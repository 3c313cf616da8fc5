// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A TLS server with a certificate that is as it should be, which says what its script says to whoever connects. */
final class HostileServer implements AutoCloseable {
    private final HeldCertificate certificate =
            new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final SSLServerSocket listening;
    private final Script script;

    HostileServer(Script script) throws IOException {
        this.script = script;
        this.listening = (SSLServerSocket) new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** What one who connects gets. It ends with the connection's end, which is an exception. */
    interface Script {
        void talk(Client client) throws IOException;
    }

    HostPort address() {
        return new HostPort("127.0.0.1", listening.getLocalPort());
    }

    TlsTrust trust() {
        return TlsTrust.anchoredAt(certificate.certificate());
    }

    /** Its certificate, in PEM. */
    String authorityPem() {
        return certificate.certificatePem();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                clients.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.talk(new Client(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)),
                    socket.getOutputStream()));
        } catch (IOException e) {
            // the engine had enough
            return;
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "hostile-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket client : clients) {
            client.close();
        }
    }

    /** One connection. */
    record Client(BufferedReader in, OutputStream out) {
        void say(String text) throws IOException {
            say(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void say(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Over and over, until the other side ends it. */
        void sayForEver(String text) throws IOException {
            while (true) {
                say(text);
            }
        }

        /** The lines up to an empty one. */
        String request() throws IOException {
            StringBuilder head = new StringBuilder();
            for (String line = line(); !line.isEmpty(); line = line()) {
                head.append(line).append('\n');
            }
            return head.toString();
        }

        String line() throws IOException {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the engine has gone");
            }
            return line;
        }
    }
}
