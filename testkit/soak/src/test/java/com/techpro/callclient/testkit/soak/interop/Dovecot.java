// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.TlsTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real Dovecot: IMAP inside TLS on the loopback address, for whoever knows the password, with a Maildir for each user. It runs without
 * privileges; for a test that runs as root, as nobody.
 */
final class Dovecot implements AutoCloseable {
    static final String HOST = "mail.pbx.test";
    static final String PASSWORD = "dovecot-secret-4711";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final PemAuthority authority;
    private final int port = Ports.freeRun(1);
    private final AtomicInteger delivered = new AtomicInteger();
    private final boolean root = System.getProperty("user.name").equals("root");
    private PeerProcess process;

    /** What it shows to clients. */
    enum Shown {
        GOOD,
        OF_ANOTHER_HOST,
        EXPIRED
    }

    Dovecot(Path directory) {
        this.directory = directory;
        try {
            for (String name : List.of("run", "state", "mail")) {
                open(Files.createDirectory(directory.resolve(name)));
            }
            open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.authority = new PemAuthority(directory, HOST);
        this.process = started(Shown.GOOD, PASSWORD);
    }

    int port() {
        return port;
    }

    TlsTrust trust() {
        return authority.trust();
    }

    /** Until nobody listens: a child that outlives its master for a moment would take a connection meant for the next one. */
    void stop() {
        process.close();
        PeerProcess.awaitSilent(port, LIMIT);
    }

    void start(Shown shown, String password) {
        process = started(shown, password);
    }

    void start() {
        start(Shown.GOOD, PASSWORD);
    }

    private PeerProcess started(Shown shown, String password) {
        try {
            Path certificate = directory.resolve(shown + ".pem");
            if (!Files.exists(certificate)) {
                issue(shown, certificate);
            }
            Path config = directory.resolve("dovecot.conf");
            Files.writeString(config, config(certificate, password));
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    if (Files.isRegularFile(file)) {
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PeerProcess started = PeerProcess.start(directory, command("dovecot", "-F", "-c", "dovecot.conf"));
        started.awaitListening(port, LIMIT);
        return started;
    }

    private void issue(Shown shown, Path certificate) throws IOException {
        String name = shown == Shown.OF_ANOTHER_HOST ? "elsewhere.test" : HOST;
        Path names = directory.resolve("san");
        Files.writeString(names, "subjectAltName=DNS:" + name + "\n");
        String dates = shown == Shown.EXPIRED ? "-not_before 20200101000000Z -not_after 20210101000000Z" : "-days 2";
        PeerProcess.run(
                directory,
                LIMIT,
                ("openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile san -out "
                                + certificate.getFileName() + " " + dates)
                        .split(" "));
    }

    /** Does something as another client, which is Dovecot's own. */
    String doveadm(String... arguments) {
        List<String> command = new ArrayList<>(List.of("doveadm", "-c", "dovecot.conf"));
        command.addAll(List.of(arguments));
        return PeerProcess.run(
                directory, LIMIT, command(command.toArray(new String[0])).toArray(new String[0]));
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        command.addAll(List.of(words));
        return command;
    }

    /** Puts a message into a user's folder, as a delivery agent does: under another name first. */
    void deliver(String user, String folder, byte[] message, boolean seen) {
        try {
            Path maildir = directory.resolve("mail").resolve(user).resolve("Maildir");
            Path inside = folder.equals("INBOX") ? maildir : maildir.resolve("." + folder);
            for (String part : List.of("tmp", "new", "cur")) {
                for (Path made = makeAll(inside.resolve(part));
                        !made.equals(directory.resolve("mail"));
                        made = made.getParent()) {
                    open(made);
                }
            }
            int number = delivered.incrementAndGet();
            Path written = inside.resolve("tmp/" + number);
            Files.write(written, message);
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-rw-rw-"));
            Path target = inside.resolve(seen ? "cur/" + number + ".test:2,S" : "new/" + number + ".test");
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path makeAll(Path path) throws IOException {
        return Files.createDirectories(path);
    }

    private void open(Path path) throws IOException {
        if (root ? Files.getOwner(path).getName().equals("root") : false) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
    }

    /** Lets the server forget how it numbered a user's messages. */
    void renumber(String user) {
        Path maildir = directory.resolve("mail").resolve(user).resolve("Maildir");
        try (Stream<Path> files = Files.list(maildir)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().startsWith("dovecot")) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        try {
            Path log = directory.resolve("log");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private String config(Path certificate, String password) {
        String user = root ? "nobody" : System.getProperty("user.name");
        return """
            dovecot_config_version = 2.4.0
            dovecot_storage_version = 2.4.0
            base_dir = %1$s/run
            state_dir = %1$s/state
            log_path = %1$s/log
            protocols = imap
            listen = 127.0.0.1
            default_internal_user = %2$s
            default_login_user = %2$s
            default_internal_group = %3$s
            first_valid_uid = 1
            ssl = required
            ssl_server_cert_file = %4$s
            ssl_server_key_file = %1$s/server.key
            mail_home = %1$s/mail/%%{user}
            mail_driver = maildir
            mail_path = ~/Maildir
            auth_failure_delay = 0
            mail_max_userip_connections = 100
            mail_plugins {
              quota = yes
            }
            quota "User" {
              driver = count
              storage_size = 200M
            }
            passdb static {
              password = %5$s
            }
            userdb static {
              fields {
                uid = %2$s
                gid = %3$s
                quota_storage_size = 200M
              }
            }
            namespace inbox {
              inbox = yes
            }
            service imap-login {
              chroot =
              process_min_avail = 1
              inet_listener imap {
                port = 0
              }
              inet_listener imaps {
                port = %6$d
                ssl = yes
              }
            }
            service anvil {
              chroot =
            }
            service stats {
              chroot =
            }
            """.formatted(directory, user, group(), certificate, password, port);
    }

    private String group() {
        return root ? "nogroup" : PeerProcess.run(directory, LIMIT, "id", "-gn").trim();
    }
}
