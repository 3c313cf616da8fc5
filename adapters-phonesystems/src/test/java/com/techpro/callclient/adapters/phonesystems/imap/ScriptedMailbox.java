// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.helpers.Certificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/** A server with one message, which says what a test wants it to say, and keeps every command. */
final class ScriptedMailbox implements AutoCloseable {
    static final String HOST = "mail.test";
    private static final Certificates.Identity AUTHORITY = Certificates.authority("mail authority");
    private static final Certificates.Identity SERVER =
            Certificates.named(HOST).dns(HOST).issuedBy(AUTHORITY);
    private static final String HEADER = "X-Asterisk-VM-Message-Num: 1\r\n\r\n";

    final List<String> commands = new CopyOnWriteArrayList<>();
    volatile String capabilities = "IMAP4rev1 IDLE UIDPLUS AUTH=PLAIN";
    /** Null where it answers as it does by itself; otherwise all lines but the tag of the last. */
    volatile Function<String, @Nullable String> script = command -> null;

    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final SSLServerSocket listening;

    ScriptedMailbox() throws IOException {
        listening = (SSLServerSocket)
                SERVER.context().getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    ImapAccount account() {
        return new ImapAccount(
                new HostPort(HOST, listening.getLocalPort()),
                "user",
                Secret.of("pass"),
                TlsTrust.anchoredAt(AUTHORITY.certificate()));
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "scripted-mailbox");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                clients.add(client);
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = client.getOutputStream();
            say(out, "* OK ready\r\n");
            String idle = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int space = line.indexOf(' ');
                String tag = space < 0 ? idle : line.substring(0, space);
                String command = line.substring(space + 1);
                commands.add(command);
                idle = command.equals("IDLE") ? tag : idle;
                String scripted = script.apply(command);
                String answer = scripted == null ? answer(command) : scripted;
                if (command.startsWith("AUTHENTICATE")) {
                    say(out, "+ \r\n");
                    in.readLine();
                }
                say(out, answer.replace("TAG", tag));
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private String answer(String command) {
        if (command.equals("CAPABILITY")) {
            return "* CAPABILITY " + capabilities + "\r\nTAG OK\r\n";
        }
        if (command.startsWith("SELECT") || command.startsWith("EXAMINE")) {
            return "* 1 EXISTS\r\n* OK [UIDVALIDITY 5] x\r\n* OK [PERMANENTFLAGS (\\Seen \\Deleted)] x\r\n"
                    + "TAG OK [READ-WRITE] x\r\n";
        }
        if (command.contains("FETCH") && command.contains("BODYSTRUCTURE")) {
            return "* 1 FETCH (UID 7 FLAGS () INTERNALDATE \"02-Mar-2026 10:00:00 +0000\" BODYSTRUCTURE (\"audio\""
                    + " \"x-wav\" NIL NIL NIL \"base64\" 8) BODY[HEADER.FIELDS"
                    + " (X)]<0> {" + HEADER.length() + "}\r\n" + HEADER
                    + ")\r\nTAG OK\r\n";
        }
        if (command.startsWith("UID FETCH") && command.contains("BODY.PEEK")) {
            return "* 1 FETCH (UID 7 BODY[1]<0> {8}\r\nUklGRg==)\r\nTAG OK\r\n";
        }
        if (command.startsWith("UID FETCH")) {
            return "* 1 FETCH (UID 7 FLAGS ())\r\nTAG OK\r\n";
        }
        return command.equals("IDLE") ? "+ idling\r\n" : "TAG OK\r\n";
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Ends every connection there is. */
    void disconnect() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
