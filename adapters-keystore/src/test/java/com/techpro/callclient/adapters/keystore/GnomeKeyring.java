// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A GNOME Keyring of our own on a bus of our own, whose login keyring can be unlocked or locked. What is missing is a failure. */
final class GnomeKeyring implements AutoCloseable {
    private static final String PASSWORD = "password of the login keyring";

    // A session bus that starts nothing by itself: a keyring that we stopped must stay away.
    private static final String BUS = """
        <busconfig>
          <type>session</type>
          <listen>unix:dir=%s</listen>
          <auth>EXTERNAL</auth>
          <policy context="default">
            <allow send_destination="*"/>
            <allow receive_sender="*"/>
            <allow own="*"/>
          </policy>
        </busconfig>
        """;

    private final Map<String, String> environment;
    private final Process bus;
    private final String address;
    private @Nullable Process daemon;

    GnomeKeyring(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("data/keyrings"));
        environment = Map.of(
                "XDG_RUNTIME_DIR", directory.toString(),
                "XDG_DATA_HOME", directory.resolve("data").toString(),
                "HOME", directory.toString());
        Path configuration = Files.writeString(directory.resolve("bus.conf"), BUS.formatted(directory));
        ProcessBuilder builder = new ProcessBuilder(
                "dbus-daemon", "--config-file=" + configuration, "--nofork", "--nopidfile", "--print-address=1");
        builder.environment().putAll(environment);
        builder.redirectError(directory.resolve("bus.log").toFile());
        bus = start(builder);
        BufferedReader output = bus.inputReader(StandardCharsets.UTF_8);
        String printed = output.readLine();
        if (printed == null) {
            throw new IllegalStateException("no bus; see " + directory.resolve("bus.log"));
        }
        address = printed;
    }

    String address() {
        return address;
    }

    /** For a program that finds the bus by its environment. */
    Map<String, String> environment() {
        return Map.of("DBUS_SESSION_BUS_ADDRESS", address);
    }

    /** As after a log-in with the password. */
    void startUnlocked() {
        restart(true);
        awaitState(true);
    }

    /** As after a log-in without: the keyring is there and nobody has opened it. */
    void startLocked() {
        restart(false);
        awaitState(false);
    }

    /** As when it crashes. */
    void stop() {
        if (daemon != null) {
            daemon.toHandle().destroyForcibly();
            daemon.onExit().join();
            daemon = null;
        }
    }

    /** What an independent program finds under these names; empty if nothing. */
    String lookup(String service, String account) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("secret-tool", "lookup", "service", service, "account", account);
        builder.environment().putAll(environment);
        builder.environment().putAll(environment());
        Process process = start(builder.redirectErrorStream(true));
        String found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.onExit().join();
        return found;
    }

    @Override
    public void close() {
        stop();
        bus.destroyForcibly();
        bus.onExit().join();
    }

    private void restart(boolean unlocked) {
        stop();
        ProcessBuilder builder = new ProcessBuilder("gnome-keyring-daemon", "--foreground", "--components=secrets");
        if (unlocked) {
            builder.command().add("--unlock");
        }
        builder.environment().putAll(environment);
        builder.environment().putAll(environment());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        daemon = start(builder);
        try {
            if (unlocked) {
                daemon.outputWriter(StandardCharsets.UTF_8).append(PASSWORD).close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitState(boolean unlocked) {
        SecretServiceKeyring probe = new SecretServiceKeyring("probe", address);
        Await.until(
                () -> {
                    try (Keyring.Session session = probe.open()) {
                        return unlocked;
                    } catch (SecureStoreException e) {
                        return !unlocked && e.reason() == Reason.LOCKED;
                    }
                },
                Duration.ofSeconds(20));
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot run " + builder.command().get(0) + "; install gnome-keyring, libsecret-tools and dbus", e);
        }
    }
}
