// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Named pipes and links where the vault's files are expected: opening the one waits for ever, the others lead to somebody else's. */
class VaultPipesAndLinksTest {
    private static final Map<String, byte[]> VALUES = Map.of("a", "1".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path directory;

    private final FakeKeyring keyring = new FakeKeyring();
    private final List<Path> pipes = new ArrayList<>();
    private VaultPlace place;

    @BeforeEach
    void makeOne() throws Exception {
        VaultPlace.requirePosix(directory);
        place = VaultPlace.in(directory);
        try (Vault vault = place.withKeyring(keyring)) {
            vault.write(VALUES);
        }
    }

    private void makePipe(Path file) throws Exception {
        pipes.add(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
    }

    private Reason reasonOf(VaultFilesTest.Use use) throws Exception {
        return atOnce(() -> VaultFilesTest.reasonOf(use));
    }

    /** On a thread of its own: one that waits for the other end of a pipe cannot be interrupted, only let go by opening that end. */
    private <T> T atOnce(Callable<T> use) throws Exception {
        FutureTask<T> task = new FutureTask<>(use);
        Thread thread = new Thread(task, "uses-the-vault");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            for (Path pipe : pipes) {
                Files.newInputStream(pipe).close();
            }
            throw new AssertionError("it waits for the other end of a pipe", e);
        }
    }

    @ParameterizedTest
    @CsvSource({"vault.lock, FAILED", "vault, CORRUPT"})
    void a_pipe_in_place_of_a_file_is_refused_at_once(String name, Reason reason) throws Exception {
        Path file = place.directory().resolve(name);
        byte[] before = Files.readAllBytes(file);
        Files.delete(file);
        makePipe(file);

        try (Vault vault = place.withKeyring(keyring)) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(reason);
            assertThat(reasonOf(() -> vault.write(VALUES))).isEqualTo(reason);
            assertThat(reasonOf(vault::names)).isEqualTo(reason);
            Files.delete(file);
            Files.write(file, before);
            assertThat(vault.read("a")).as("the next use").isEqualTo(VALUES.get("a"));
        }
    }

    @Test
    void a_pipe_in_place_of_the_generation_is_refused_at_once() throws Exception {
        VaultPlace other = VaultPlace.in(directory.resolve("other"));
        try (Vault vault = other.withPassphrase("correct horse")) {
            vault.write(VALUES);
        }
        Path generation = other.generations().resolve("vault.generation");
        Files.delete(generation);
        makePipe(generation);

        try (Vault vault = other.withPassphrase("correct horse")) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.CORRUPT);
        }
    }

    @Test
    void pipes_where_something_is_written_first_are_replaced() throws Exception {
        makePipe(place.directory().resolve("vault.new"));
        try (Vault vault = place.withKeyring(keyring)) {
            atOnce(() -> {
                vault.write(Map.of("b", new byte[1]));
                return true;
            });
            assertThat(vault.names()).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void a_pipe_in_place_of_the_directory_is_refused_at_once() throws Exception {
        Path pipe = directory.resolve("pipe");
        makePipe(pipe);

        try (Vault vault = new VaultPlace(pipe, directory).withKeyring(keyring)) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.FAILED);
            assertThat(reasonOf(vault::erase)).isEqualTo(Reason.FAILED);
        }
    }

    @Test
    void a_link_in_place_of_a_directory_is_refused_and_its_target_left_as_it_is() throws Exception {
        Path target = Files.createDirectory(
                directory.resolve("target"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(target.resolve("vault"), "precious");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);

        try (Vault vault = new VaultPlace(link, directory.resolve("g")).withKeyring(new FakeKeyring())) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.FAILED);
            assertThat(reasonOf(() -> vault.write(VALUES))).isEqualTo(Reason.FAILED);
            assertThat(reasonOf(vault::erase)).isEqualTo(Reason.FAILED);
        }
        try (Vault vault = new VaultPlace(directory.resolve("new"), link).withPassphrase("correct horse")) {
            assertThat(reasonOf(() -> vault.write(VALUES))).isEqualTo(Reason.FAILED);
        }

        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target, LinkOption.NOFOLLOW_LINKS)))
                .isEqualTo("rwxr-xr-x");
        assertThat(target.toFile().list()).containsExactly("vault");
        assertThat(target.resolve("vault")).hasContent("precious");
    }

    @Test
    void a_link_to_nothing_in_place_of_the_directory_makes_nothing_there() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nowhere"));

        try (Vault vault = new VaultPlace(link, directory.resolve("g")).withKeyring(new FakeKeyring())) {
            assertThat(reasonOf(() -> vault.write(VALUES))).isEqualTo(Reason.FAILED);
        }
        assertThat(directory.resolve("nowhere")).doesNotExist();
    }

    @Test
    void a_directory_below_a_link_is_used() throws Exception {
        Path home =
                Files.createSymbolicLink(directory.resolve("home"), Files.createDirectory(directory.resolve("disk")));

        try (Vault vault = VaultPlace.in(home).withKeyring(new FakeKeyring())) {
            vault.write(VALUES);
            assertThat(vault.read("a")).isEqualTo(VALUES.get("a"));
        }
    }

    @Test
    void links_in_place_of_the_lock_and_the_generation_are_not_followed() throws Exception {
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-r--r--"));
        Path lock = place.directory().resolve("vault.lock");
        Files.delete(lock);
        Files.createSymbolicLink(lock, victim);

        try (Vault vault = place.withKeyring(keyring)) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.FAILED);
        }
        Files.createDirectories(place.generations());
        Files.createSymbolicLink(place.generations().resolve("vault.generation"), victim);
        try (Vault vault = new VaultPlace(directory.resolve("new"), place.generations()).withPassphrase("correct")) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.CORRUPT);
        }

        assertThat(victim).hasContent("precious");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(victim)))
                .isEqualTo("rw-r--r--");
    }
}
