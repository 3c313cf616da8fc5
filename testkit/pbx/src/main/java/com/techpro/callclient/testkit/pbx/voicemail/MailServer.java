// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.voicemail;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHandler;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.ServerSetup;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A real IMAP server over TLS with a mailbox per user, in which the PBX stores voicemail. Its
 * contents survive {@link #stop} and {@link #restart}, but not the object. Methods may be called
 * from any thread.
 */
public final class MailServer implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 10_000;

    private final InetAddress address;
    private final Managers managers = new Managers();
    private Imaps running;

    static {
        // GreenMail's log is unused; without this its API warns on the console.
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
    }

    private MailServer(InetAddress address, int port, SSLContext context) throws IOException {
        this.address = address;
        this.running = started(port, context);
    }

    /**
     * Starts a server.
     *
     * @param port 0 for a free one
     * @param context has the server's certificate
     * @param users login names and passwords
     */
    static MailServer open(InetAddress address, int port, SSLContext context, Map<String, Secret> users)
            throws IOException {
        MailServer server = new MailServer(address, port, context);
        users.forEach(server::addUser);
        return server;
    }

    /** Adds a user's mailbox, or changes the password of an existing one. */
    public void addUser(String user, Secret password) {
        GreenMailUser known = managers.getUserManager().getUser(user);
        if (known != null) {
            known.setPassword(password.use(SecretAccess.forAuthenticators(), String::new));
            return;
        }
        try {
            String email = user.indexOf('@') < 0 ? user + "@" + address.getHostAddress() : user;
            // GreenMail accepts passwords only as strings.
            managers.getUserManager()
                    .createUser(email, user, password.use(SecretAccess.forAuthenticators(), String::new));
        } catch (UserException e) {
            throw new IllegalArgumentException("the mail server refuses such a user", e);
        }
    }

    /** Delivers a message to a user's INBOX and notifies its clients. */
    public void deliver(String user, MimeMessage message) {
        GreenMailUser known = managers.getUserManager().getUser(user);
        if (known == null) {
            throw new IllegalArgumentException("there is no such user");
        }
        known.deliver(message);
    }

    /** Returns a user's INBOX for internal access. */
    MailFolder inbox(String user) {
        GreenMailUser known = managers.getUserManager().getUser(user);
        if (known == null) {
            throw new IllegalArgumentException("there is no such user");
        }
        try {
            return managers.getImapHostManager().getInbox(known);
        } catch (FolderException e) {
            throw new IllegalStateException("every user has an INBOX", e);
        }
    }

    /** Returns the port; a restart keeps it. */
    public synchronized int port() {
        return running.getPort();
    }

    /** Closes every connection and accepts none. */
    public synchronized void stop() {
        running.stopService(PATIENCE_MILLIS);
    }

    /** Serves the same mailboxes on the same port, with this context's certificate. */
    public synchronized void restart(SSLContext context) throws IOException {
        int port = running.getPort();
        running.stopService(PATIENCE_MILLIS);
        running = started(port, context);
    }

    @Override
    public synchronized void close() {
        running.stopService(PATIENCE_MILLIS);
    }

    private Imaps started(int port, SSLContext context) throws IOException {
        ServerSetup setup = new ServerSetup(port, address.getHostAddress(), ServerSetup.PROTOCOL_IMAPS);
        setup.setServerStartupTimeout(PATIENCE_MILLIS);
        Imaps server = new Imaps(setup, managers, bound(port, context));
        server.startService();
        try {
            if (!server.waitTillRunning(PATIENCE_MILLIS)) {
                throw new IOException("the mail server does not start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return server;
    }

    /** Binds here and not in GreenMail's thread, which would notice a used port only by waiting. */
    private SSLServerSocket bound(int port, SSLContext context) throws IOException {
        SSLServerSocket socket =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new IOException("IMAPS port " + port + ": " + e.getMessage(), e);
        }
    }

    /** GreenMail's own TLS has one certificate for everybody. */
    private static final class Imaps extends AbstractServer {
        private final SSLServerSocket socket;

        Imaps(ServerSetup setup, Managers managers, SSLServerSocket socket) {
            super(setup, managers);
            this.socket = socket;
            setDaemon(true);
        }

        @Override
        protected ServerSocket openServerSocket() {
            return socket;
        }

        @Override
        protected ProtocolHandler createProtocolHandler(Socket client) {
            return new ImapHandler(managers.getUserManager(), managers.getImapHostManager(), client) {
                @Override
                public void run() {
                    try {
                        super.run();
                    } catch (IllegalStateException e) {
                        // The handler throws this when the client disconnects silently, and the
                        // thread would log it to the console.
                        close();
                    }
                }
            };
        }
    }
}
