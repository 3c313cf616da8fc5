// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.io.Console;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A login by e-mail and password, restored from the vault if it has one. */
final class EmailSignIn implements SignIn {
    /** The user and the server. */
    record Whom(@Nullable String email, @Nullable HostPort server, TlsTrust trust) {
        @Override
        public String toString() {
            return "Whom[redacted]";
        }
    }

    /** Asks for the password when it is needed. */
    interface Password {
        Secret ask(@Nullable Console console) throws IOException;
    }

    private final Whom whom;
    private final Password password;
    private final PhoneSystem system;
    private final List<PhoneSystem> known;
    private final @Nullable Vault vault;

    /**
     * Prepares the login.
     *
     * @param system the kind to log in to
     * @param known the kinds of which the vault may have a login
     */
    EmailSignIn(Whom whom, Password password, PhoneSystem system, List<PhoneSystem> known, @Nullable Vault vault) {
        this.whom = whom;
        this.password = password;
        this.system = system;
        this.known = List.copyOf(known);
        this.vault = vault;
    }

    @Override
    public @Nullable SecureStorePort store() {
        return vault;
    }

    @Override
    public Account account(CallClient client, Screen screen, @Nullable Console console) throws NoLogin {
        if (vault != null) {
            LoginResult result = client.restore(known.toArray(PhoneSystem[]::new))
                    .toCompletableFuture()
                    .join();
            if (result instanceof LoginResult.LoggedIn user) {
                return greeted(user, screen);
            }
            if (result instanceof LoginResult.Refused refused
                    && refused.reason() == Reason.WRONG_CREDENTIALS
                    && whom.email() != null) {
                screen.say("The phone system no longer accepts the stored password.");
            } else if (!(result instanceof LoginResult.NothingStored)) {
                throw new NoLogin(Wording.login(result));
            }
        }
        String email = whom.email();
        if (email == null) {
            throw new NoLogin("No login is stored there. Start with --login and your e-mail address.");
        }
        LoginResult result = login(client, email, console, null);
        if (isAskedForCode(result) && console != null) {
            char[] code =
                    console.readPassword("%s", "Code that your phone system sent, or that your authenticator shows: ");
            if (code != null && code.length > 0) {
                result = login(client, email, console, Secret.of(code));
            }
        }
        if (result instanceof LoginResult.LoggedIn user) {
            if (vault != null && !user.remembered()) {
                screen.say("The login could not be stored; the next start will ask for the password again.");
            }
            return greeted(user, screen);
        }
        throw new NoLogin(Wording.login(result));
    }

    private static boolean isAskedForCode(LoginResult result) {
        return result instanceof LoginResult.Refused refused && refused.reason() == Reason.SECOND_FACTOR_NEEDED;
    }

    private LoginResult login(CallClient client, String email, @Nullable Console console, @Nullable Secret code)
            throws NoLogin {
        Secret asked;
        try {
            asked = password.ask(console);
        } catch (IOException e) {
            throw new NoLogin(String.valueOf(e.getMessage()));
        }
        try {
            Login login = new Login(email, asked, whom.server(), code, whom.trust());
            return client.login(system, login).toCompletableFuture().join();
        } finally {
            asked.wipe();
            if (code != null) {
                code.wipe();
            }
        }
    }

    private static Account greeted(LoginResult.LoggedIn user, Screen screen) {
        String name = user.profile().displayName();
        String extension = user.profile().extension();
        screen.say("You are " + (name == null ? extension : name + " <" + extension + ">") + ".");
        return user.account();
    }

    /**
     * Erases the stored data. Nothing is registered, because nobody has logged in with this client.
     *
     * @throws NoLogin if data may remain
     */
    void logOut(CallClient client, Screen screen) throws NoLogin {
        LogoutResult result =
                client.logout(LogoutOptions.EVERYTHING).toCompletableFuture().join();
        if (result.leftover() != null) {
            throw new NoLogin("Some data may be left. " + Wording.storage(result.leftover()));
        }
        screen.say("Logged out. Nothing is left on this device.");
    }

    @Override
    public void close() {
        if (vault != null) {
            vault.close();
        }
    }
}
