// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens the vault by the system's keyring, or by a passphrase where there is none. */
final class OpenedVault {
    private static final String CHOOSE = "Choose a passphrase. It encrypts your data, and is asked at each start.";
    /** Only a vault with a passphrase has this file: docs/vault-format.md. */
    private static final String GENERATION = "vault.generation";

    private OpenedVault() {}

    /** @param stored whether there is a vault, which can be erased */
    record Question(String message, boolean stored) {}

    enum Choice {
        OPEN,
        ERASE,
        QUIT
    }

    /** @param passphrase wiped once it is read */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(Choice choice, char[] passphrase) {}

    /**
     * @param byPassphrase whether the user prefers a passphrase to the keyring
     * @param user answers until a vault is open
     * @return null if the user quits
     */
    static @Nullable Vault open(Path folder, Vault byKeyring, boolean byPassphrase, Function<Question, Answer> user) {
        boolean stored = Files.exists(folder.resolve(GENERATION));
        if (!byPassphrase && !stored && problem(byKeyring) != Reason.UNAVAILABLE) {
            return byKeyring; // the login screen shows any other problem
        }
        byKeyring.close();
        String message = stored ? "Enter your passphrase." : CHOOSE;
        while (true) {
            Answer answer = user.apply(new Question(message, stored));
            if (answer.choice() == Choice.QUIT) {
                return null;
            } else if (answer.choice() == Choice.ERASE) {
                try (Vault vault = Vault.withPassphrase(folder, Secret.of("erased"))) {
                    vault.erase();
                    stored = false;
                    message = CHOOSE;
                } catch (SecureStoreException e) {
                    message = e.reason().advice();
                }
            } else if (answer.passphrase().length == 0) {
                message = "The passphrase must not be empty. Type one.";
            } else {
                Secret passphrase = Secret.of(answer.passphrase());
                Arrays.fill(answer.passphrase(), ' ');
                Vault vault = Vault.withPassphrase(folder, passphrase);
                passphrase.wipe();
                Reason problem = problem(vault);
                if (problem == null) {
                    return vault;
                }
                vault.close();
                message = problem.advice();
            }
        }
    }

    private static @Nullable Reason problem(Vault vault) {
        try {
            vault.names();
            return null;
        } catch (SecureStoreException e) {
            return e.reason();
        }
    }
}
