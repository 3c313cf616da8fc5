// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.testkit.contracts.ChildJvm;
import com.techpro.callclient.testkit.contracts.Precondition;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do to a vault's files and keys, and what becomes of it. */
class VaultFilesTest {
    private static final Map<String, byte[]> VALUES = Map.of("a", "1".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path directory;

    private final FakeKeyring keyring = new FakeKeyring();
    private VaultPlace place;

    @BeforeEach
    void choosePlace() {
        place = VaultPlace.in(directory);
    }

    interface Use {
        void run() throws Exception;
    }

    static Reason reasonOf(Use use) {
        try {
            use.run();
        } catch (SecureStoreException e) {
            return e.reason();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was wrong with it");
    }

    @Test
    void files_are_their_owners_alone() throws Exception {
        VaultPlace.requirePosix(directory);
        writeOnce();
        writeOnceWithPassphrase(VaultPlace.in(directory.resolve("other")));

        assertThat(modes(place.directory())).isEqualTo("rwx------");
        assertThat(modes(place.file())).isEqualTo("rw-------");
        assertThat(modes(place.directory().resolve("vault.lock"))).isEqualTo("rw-------");
        assertThat(modes(directory.resolve("other/generations"))).isEqualTo("rwx------");
        assertThat(modes(directory.resolve("other/generations/vault.generation")))
                .isEqualTo("rw-------");
    }

    @Test
    void permissions_that_were_widened_are_restricted_again() throws Exception {
        VaultPlace.requirePosix(directory);
        writeOnce();
        Files.setPosixFilePermissions(place.file(), PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setPosixFilePermissions(place.directory(), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertReadsBack();

        assertThat(modes(place.directory())).isEqualTo("rwx------");
        assertThat(modes(place.file())).isEqualTo("rw-------");
    }

    @Test
    void a_link_in_place_of_the_file_is_neither_followed_nor_replaced() throws Exception {
        VaultPlace.requirePosix(directory);
        writeOnce();
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(place.file(), elsewhere);
        byte[] before = Files.readAllBytes(elsewhere);
        Files.createSymbolicLink(place.file(), elsewhere);

        try (Vault vault = place.withKeyring(keyring)) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.CORRUPT);
            assertThat(reasonOf(() -> vault.write(VALUES))).isEqualTo(Reason.CORRUPT);
            assertThat(place.file()).isSymbolicLink();
            vault.erase();
        }
        assertThat(elsewhere).hasBinaryContent(before);
    }

    @Test
    void links_in_place_of_the_temporary_file_and_the_lock_are_not_written_through() throws Exception {
        VaultPlace.requirePosix(directory);
        writeOnce();
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Files.createSymbolicLink(place.directory().resolve("vault.new"), victim);
        assertReadsBack();
        assertThat(victim).hasContent("precious");

        Files.delete(place.directory().resolve("vault.lock"));
        Files.createSymbolicLink(place.directory().resolve("vault.lock"), victim);
        try (Vault vault = place.withKeyring(keyring)) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.FAILED);
        }
        assertThat(victim).hasContent("precious");
    }

    @Test
    void a_directory_in_place_of_the_file_is_refused_at_once() throws Exception {
        writeOnce();
        Files.delete(place.file());
        Files.createDirectory(place.file());

        try (Vault vault = place.withKeyring(keyring)) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.CORRUPT);
        }
    }

    @Test
    void a_file_too_large_to_be_one_is_not_read_into_memory() throws Exception {
        writeOnce();
        try (var file = new RandomAccessFile(place.file().toFile(), "rw")) {
            file.setLength(1L << 40); // sparse
        } catch (IOException e) {
            Precondition.require(false, "file system with sparse files");
        }

        try (Vault vault = place.withKeyring(keyring)) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.CORRUPT);
        }
    }

    @Test
    void a_leftover_temporary_file_is_swept() throws Exception {
        writeOnce();
        Files.writeString(place.directory().resolve("vault.new"), "half of someth");

        assertReadsBack();

        assertThat(place.contents()).containsOnlyKeys("vault-of-a-user/vault");
    }

    @Test
    void a_file_that_was_taken_away_is_told_and_no_new_key_is_made() throws Exception {
        writeOnce();
        String key = keyring.entries.get("vault-key");
        byte[] content = Files.readAllBytes(place.file());
        Files.delete(place.file());

        try (Vault vault = place.withKeyring(keyring)) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.ROLLED_BACK);
            assertThat(reasonOf(() -> vault.write(VALUES))).isEqualTo(Reason.ROLLED_BACK);
        }
        assertThat(keyring.entries).containsEntry("vault-key", key);
        Files.write(place.file(), content); // the disk was mounted again
        assertReadsBack();
    }

    @Test
    void a_file_taken_away_under_an_open_vault_is_no_empty_store() throws Exception {
        try (Vault vault = place.withKeyring(keyring)) {
            vault.write(VALUES);
            byte[] content = Files.readAllBytes(place.file());
            for (Use action : List.<Use>of(vault::names, () -> vault.read("a"), () -> vault.write(VALUES))) {
                Files.delete(place.file());
                assertThat(reasonOf(action)).isEqualTo(Reason.ROLLED_BACK);
                assertThat(place.file()).doesNotExist();
                Files.write(place.file(), content);
                assertThat(vault.read("a")).isEqualTo(VALUES.get("a"));
            }
        }
    }

    @Test
    void a_key_that_was_taken_away_is_told_and_no_new_one_is_made() throws Exception {
        writeOnce();
        String key = keyring.entries.remove("vault-key");

        try (Vault vault = place.withKeyring(keyring)) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.KEY_MISSING);
            assertThat(reasonOf(() -> vault.write(VALUES))).isEqualTo(Reason.KEY_MISSING);
            assertThat(keyring.entries).doesNotContainKey("vault-key");
            keyring.entries.put("vault-key", key);
            assertThat(vault.read("a")).isEqualTo(VALUES.get("a"));
        }
    }

    @Test
    void another_key_or_nonsense_in_its_place_is_told() throws Exception {
        writeOnce();
        try (Vault vault = place.withKeyring(keyring)) {
            keyring.entries.put("vault-key", Base64.getEncoder().encodeToString(new byte[32]));
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.KEY_MISSING);
            for (String nonsense : new String[] {"", "AAAA", "\u00e4\u00f6", "=".repeat(44)}) {
                keyring.entries.put("vault-key", nonsense);
                assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.CORRUPT);
            }
        }
    }

    @Test
    void a_generation_that_was_forgotten_or_made_up_is_told() throws Exception {
        writeOnce();
        try (Vault vault = place.withKeyring(keyring)) {
            keyring.entries.remove("vault-generation");
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.ROLLED_BACK);
            keyring.entries.put("vault-generation", "many");
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.CORRUPT);
        }
    }

    @Test
    void the_file_of_the_generation_can_be_neither_removed_nor_forged_nor_put_back() throws Exception {
        writeOnceWithPassphrase(place);
        Path generation = place.generations().resolve("vault.generation");
        byte[] first = Files.readAllBytes(generation);
        writeOnceWithPassphrase(place);
        byte[] second = Files.readAllBytes(generation);
        Runnable older = place.copy();
        writeOnceWithPassphrase(place);
        byte[] third = Files.readAllBytes(generation);

        try (Vault vault = place.withPassphrase("correct horse")) {
            Files.delete(generation);
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.ROLLED_BACK);
            for (int bit = 0; bit < third.length * 8; bit++) {
                byte[] forged = third.clone();
                forged[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(generation, forged);
                assertThat(reasonOf(() -> vault.read("a"))).isIn(Reason.CORRUPT, Reason.TOO_NEW);
            }
            Files.write(generation, third);
            assertThat(vault.read("a")).isEqualTo(VALUES.get("a"));
            older.run();
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.ROLLED_BACK);
        }
        // What the documentation admits: both together put back are not found out.
        Files.write(generation, second);
        try (Vault vault = place.withPassphrase("correct horse")) {
            assertThat(vault.read("a")).isEqualTo(VALUES.get("a"));
        }
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void a_wrong_passphrase_is_told_from_damage_and_the_right_one_opens_still() throws Exception {
        writeOnceWithPassphrase(place);
        Map<String, byte[]> before = place.contents();

        try (Vault vault = place.withPassphrase("incorrect horse")) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.WRONG_PASSPHRASE);
            assertThat(reasonOf(() -> vault.write(VALUES))).isEqualTo(Reason.WRONG_PASSPHRASE);
        }
        assertThat(place.contents()).usingRecursiveComparison().isEqualTo(before);
        try (Vault vault = place.withPassphrase("correct horse")) {
            assertThat(vault.read("a")).isEqualTo(VALUES.get("a"));
        }
    }

    @Test
    void a_passphrase_composed_in_another_way_is_the_same() throws Exception {
        try (Vault vault = place.withPassphrase("caf\u00e9")) {
            vault.write(VALUES);
        }
        try (Vault vault = place.withPassphrase("cafe\u0301")) {
            assertThat(vault.read("a")).isEqualTo(VALUES.get("a"));
        }
        assertThatThrownBy(() -> Vault.withPassphrase(directory, Secret.of("")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_key_holder_is_recorded_and_cannot_be_exchanged() throws Exception {
        writeOnce();
        try (Vault vault = place.withPassphrase("correct horse")) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.WRONG_PASSPHRASE);
            assertThat(reasonOf(() -> vault.write(VALUES))).isEqualTo(Reason.WRONG_PASSPHRASE);
        }
        assertReadsBack();

        VaultPlace other = VaultPlace.in(directory.resolve("other"));
        writeOnceWithPassphrase(other);
        try (Vault vault = other.withKeyring(new FakeKeyring())) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.KEY_MISSING);
        }
    }

    @Test
    void a_key_derived_more_cheaply_than_any_vault_ever_was_is_refused() throws Exception {
        writeOnceWithPassphrase(place);
        Files.createDirectories(directory.resolve("strict"));
        Vault strict = Vault.withPassphrase(place.directory(), place.generations(), Secret.of("correct horse"));
        try (strict) {
            assertThat(reasonOf(() -> strict.read("a"))).isEqualTo(Reason.CORRUPT);
        }
    }

    @Test
    void a_file_of_a_later_version_is_told_and_left_as_it_is() throws Exception {
        writeOnce();
        byte[] later = Files.readAllBytes(place.file());
        later[9] = 2;
        Files.write(place.file(), later);

        try (Vault vault = place.withKeyring(keyring)) {
            assertThat(reasonOf(() -> vault.read("a"))).isEqualTo(Reason.TOO_NEW);
            assertThat(reasonOf(() -> vault.write(VALUES))).isEqualTo(Reason.TOO_NEW);
        }
        assertThat(place.file()).hasBinaryContent(later);
    }

    @Test
    void a_directory_that_cannot_be_written_is_told_and_nothing_is_lost() throws Exception {
        VaultPlace.requirePosix(directory);
        writeOnceWithPassphrase(place);
        byte[] before = place.bytes();
        Files.setPosixFilePermissions(place.directory(), PosixFilePermissions.fromString("r-x------"));
        // who writes everywhere, as root does, gives that up
        List<String> asOthers = Files.isWritable(place.directory())
                ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search")
                : List.of();
        try (ChildJvm other = VaultPlace.program(WritingProgram.class, directory.toString())
                .before(asOthers)
                .start()) {
            assertThat(other.line()).isEqualTo("at 0");
            assertThat(other.line()).contains("SecureStoreException");
            assertThat(String.join("\n", other.rest())).contains("AccessDeniedException");
        } finally {
            Files.setPosixFilePermissions(place.directory(), PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(place.bytes()).isEqualTo(before);
    }

    @Test
    void an_interrupted_thread_writes_and_erases_and_stays_interrupted() throws Exception {
        try (Vault vault = place.withKeyring(keyring)) {
            Thread.currentThread().interrupt();
            vault.write(VALUES);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(vault.read("a")).isEqualTo(VALUES.get("a"));
            Thread.currentThread().interrupt();
            vault.erase();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void a_failure_tells_neither_path_nor_name_nor_value() throws Exception {
        Path user = directory.resolve("home-of-jane-doe");
        Files.writeString(user, "a file where a directory is expected");
        Vault vault = Vault.withKeyring(user.resolve("vault"), "com.example.canary-service");
        StringWriter told = new StringWriter();
        try (vault) {
            vault.write(Map.of("canary-name", "canary-value".getBytes(StandardCharsets.UTF_8)));
        } catch (SecureStoreException e) {
            assertThat(e.reason()).isEqualTo(Reason.FAILED);
            assertThat(e).hasCauseInstanceOf(Redacted.class);
            e.printStackTrace(new PrintWriter(told));
        }

        assertThat(told.toString())
                .contains("FileAlreadyExistsException")
                .doesNotContain("jane-doe")
                .doesNotContain("canary");
        assertThat(vault.toString()).isEqualTo("Vault[keyring]");
        assertThat(place.withPassphrase("correct horse").toString()).isEqualTo("Vault[passphrase]");
    }

    private void writeOnce() throws SecureStoreException {
        try (Vault vault = place.withKeyring(keyring)) {
            vault.write(VALUES);
        }
    }

    private static void writeOnceWithPassphrase(VaultPlace place) throws SecureStoreException {
        try (Vault vault = place.withPassphrase("correct horse")) {
            vault.write(VALUES);
        }
    }

    private void assertReadsBack() throws SecureStoreException {
        try (Vault vault = place.withKeyring(keyring)) {
            assertThat(vault.read("a")).isEqualTo(VALUES.get("a"));
        }
    }

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
