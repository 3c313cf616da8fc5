// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.examples.desktop.OpenedVault.Answer;
import com.techpro.callclient.examples.desktop.OpenedVault.Choice;
import com.techpro.callclient.examples.desktop.OpenedVault.Question;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start of the app on a computer without a system keyring. */
@Tag("slow")
class OpenedVaultTest {
    private static final Answer EMPTY = new Answer(Choice.OPEN, new char[0]);
    private static final Answer ERASE = new Answer(Choice.ERASE, new char[0]);
    private static final Answer QUIT = new Answer(Choice.QUIT, new char[0]);

    @TempDir
    Path folder;

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<Question> questions = new ArrayList<>();

    private static Answer typed(String passphrase) {
        return new Answer(Choice.OPEN, passphrase.toCharArray());
    }

    private Vault open(Reason keyring, Answer... typed) {
        answers.addAll(List.of(typed));
        Vault byKeyring = Vault.withKeyring(folder, () -> {
            throw new SecureStoreException(keyring, null);
        });
        return OpenedVault.open(folder, byKeyring, false, question -> {
            questions.add(question);
            return answers.remove();
        });
    }

    private void store(String passphrase) throws SecureStoreException {
        try (Vault vault = open(Reason.UNAVAILABLE, typed(passphrase))) {
            vault.write(Map.of("login", new byte[] {1}));
        }
        questions.clear();
    }

    @Test
    void without_a_keyring_the_user_chooses_a_passphrase_and_the_next_start_asks_for_it() throws Exception {
        Answer chosen = typed("correct horse");
        try (Vault vault = open(Reason.UNAVAILABLE, chosen)) {
            vault.write(Map.of("login", new byte[] {1}));
        }
        assertThat(questions).singleElement().matches(question -> !question.stored());
        assertThat(chosen.passphrase()).containsOnly(' ');

        // A keyring that is there by now does not have the key.
        try (Vault vault = open(Reason.LOCKED, typed("correct horse"))) {
            assertThat(vault.read("login")).containsExactly(1);
        }
        assertThat(questions).hasSize(2);
        assertThat(questions.get(1).stored()).isTrue();
    }

    @Test
    void an_empty_and_a_wrong_passphrase_are_asked_again() throws Exception {
        store("correct horse");
        try (Vault vault = open(Reason.UNAVAILABLE, EMPTY, typed("wrong"), typed("correct horse"))) {
            assertThat(vault.read("login")).containsExactly(1);
        }
        assertThat(questions).extracting(Question::message).doesNotHaveDuplicates();
        assertThat(questions.get(1).message()).contains("empty");
        assertThat(questions.get(2).message()).isEqualTo(Reason.WRONG_PASSPHRASE.advice());
    }

    @Test
    void after_a_forgotten_passphrase_the_user_erases_and_chooses_another() throws Exception {
        store("correct horse");
        try (Vault vault = open(Reason.UNAVAILABLE, typed("wrong"), ERASE, typed("another"))) {
            assertThat(vault.names()).isEmpty();
            vault.write(Map.of("login", new byte[] {2}));
        }
        assertThat(questions).extracting(Question::stored).containsExactly(true, true, false);
        try (Vault vault = open(Reason.UNAVAILABLE, typed("another"))) {
            assertThat(vault.read("login")).containsExactly(2);
        }
    }

    @Test
    void quitting_opens_no_vault_and_changes_nothing() throws Exception {
        store("correct horse");
        assertThat(open(Reason.UNAVAILABLE, QUIT)).isNull();
        store("correct horse");
    }

    @Test
    void a_locked_keyring_needs_no_passphrase() {
        try (Vault vault = open(Reason.LOCKED)) {
            assertThat(vault).hasToString("Vault[keyring]");
        }
        assertThat(questions).isEmpty();
    }
}
