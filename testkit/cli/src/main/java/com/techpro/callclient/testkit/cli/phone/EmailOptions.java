// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the login by e-mail: user, server, and storage. */
final class EmailOptions {
    /** The service name of the vault's key in a keyring. */
    private static final String SERVICE = "callclient-phone";

    /** The kinds of phone systems. */
    enum Kind {
        LPCONFIG,
        ACROBITS,
        WAZO
    }

    @Option(
            names = "--login",
            paramLabel = "EMAIL",
            description =
                    "Your e-mail address. The password comes from where --password-file says; the phone system gives"
                            + " the account. With --data, a login that is stored there is restored and no password is"
                            + " needed.")
    private @Nullable String email;

    @Option(
            names = "--server",
            paramLabel = "HOST[:PORT]",
            description =
                    "Where the phone system's accounts are. Without it: found by the domain of the e-mail address.")
    private @Nullable String server;

    @Option(
            names = "--system",
            paramLabel = "KIND",
            defaultValue = "LPCONFIG",
            description = "The kind of phone system: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Kind kind = Kind.LPCONFIG;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            defaultValue = "/provisioning",
            description = "Where on the server, for LPCONFIG and ACROBITS; default ${DEFAULT-VALUE}.")
    private String path = "/provisioning";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep login, favourites and history there, encrypted. Without it nothing is kept.")
    private @Nullable Path data;

    @Option(
            names = "--vault",
            paramLabel = "KIND",
            defaultValue = "KEYRING",
            description = "What unlocks the data: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}, the system's.")
    private VaultKind vaultKind = VaultKind.KEYRING;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "A file with the vault's passphrase in its first line. Without it: the environment variable "
                    + PasswordSource.PASSPHRASE_VARIABLE + ", else you are asked.")
    private @Nullable Path passphraseFile;

    @Option(names = "--logout", description = "Erase everything in --data, and exit.")
    private boolean logout;

    /** Whether the user logs in, or out, by e-mail. */
    boolean given() {
        return email != null || data != null || logout || server != null;
    }

    boolean logout() {
        return logout;
    }

    /**
     * Creates the login.
     *
     * @param common the source of the password and the authorities
     * @throws UnusableOptions if the options make no sense, or a file cannot be read
     */
    EmailSignIn signIn(LoginOptions common, Map<String, String> environment, @Nullable Console console)
            throws UnusableOptions {
        if (data == null && logout) {
            throw new UnusableOptions("--logout: name what to erase with --data", null);
        }
        if (data == null && email == null) {
            throw new UnusableOptions("give your e-mail address with --login", null);
        }
        if (email != null && !email.matches("[^@\\s]+@[^@\\s]+")) {
            throw new UnusableOptions("--login must be an e-mail address, such as anna@example.org", null);
        }
        common.refuseWithEmail();
        try {
            EmailSignIn.Whom whom = new EmailSignIn.Whom(
                    email, server == null ? null : LoginOptions.hostPort("--server", server), common.trust());
            PhoneSystem lpconfig = PhoneSystems.lpconfig(path);
            PhoneSystem acrobits = PhoneSystems.acrobits(path);
            PhoneSystem wazo = PhoneSystems.wazo();
            PhoneSystem chosen = switch (kind) {
                case LPCONFIG -> lpconfig;
                case ACROBITS -> acrobits;
                case WAZO -> wazo;
            };
            // Checked now, before the phone system is looked up.
            PasswordSource.PASSWORD.requireFile(common.passwordFile());
            return new EmailSignIn(
                    whom,
                    asking -> PasswordSource.PASSWORD.read(common.passwordFile(), environment, asking),
                    chosen,
                    List.of(lpconfig, acrobits, wazo),
                    data == null ? null : vault(data, environment, console));
        } catch (IllegalArgumentException e) {
            throw new UnusableOptions(String.valueOf(e.getMessage()), e);
        }
    }

    private Vault vault(Path directory, Map<String, String> environment, @Nullable Console console)
            throws UnusableOptions {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new UnusableOptions("--data: " + directory + " is not a directory", null);
        }
        if (vaultKind == VaultKind.KEYRING) {
            return Vault.withKeyring(directory, SERVICE);
        }
        Secret passphrase;
        try {
            // Erasing a vault does not require opening it.
            passphrase =
                    logout ? Secret.of("none") : PasswordSource.PASSPHRASE.read(passphraseFile, environment, console);
        } catch (IOException e) {
            throw UnusableOptions.of("--passphrase-file", e);
        }
        try {
            return Vault.withPassphrase(directory, passphrase);
        } finally {
            passphrase.wipe();
        }
    }
}
