// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.account.login.SecretCopy;
import com.techpro.callclient.engine.internal.account.login.StoredLogin;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.log.Loggers;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the user's login in the store. Belongs to the loop, except where stated. */
final class RememberedLogin {
    private final @Nullable UserStore store;

    /** @param store null if nothing survives the client */
    RememberedLogin(@Nullable UserStore store) {
        this.store = store;
    }

    /**
     * Returns null if the phone system gives no kind; its login is then neither stored nor
     * restored.
     */
    static @Nullable String kindOf(PhoneSystem system) {
        try {
            return system.kind();
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
            return null;
        }
    }

    /**
     * Stores a login that the phone system accepted.
     *
     * @param stored whether the store has it already
     * @param then receives whether the store has it
     */
    void write(PhoneSystem system, Login login, boolean stored, Consumer<Boolean> then) {
        String kind = kindOf(system);
        if (stored || store == null || kind == null || !StoredLogin.keeps(login)) {
            then.accept(stored);
        } else {
            byte[] bytes = new StoredLogin(kind, login).encode();
            store.write(StoredName.ACCOUNT, bytes, reason -> then.accept(reason == null));
        }
    }

    /**
     * Stores a password that the registrar accepted, in place of the old one. This is done only if
     * the login is the SIP account, so that there is one password. It opens no lock, because nobody
     * needs to be present when it is accepted. In other systems the account has its own password,
     * which logs nobody in.
     *
     * @param password copied
     * @param stays whether the user is still logged in
     */
    void replace(Secret password, BooleanSupplier stays) {
        UserStore kept = store;
        if (kept == null) {
            return;
        }
        Secret copy = password.copy();
        kept.read(StoredName.ACCOUNT, stored -> {
            byte[] before =
                    stays.getAsBoolean() && stored instanceof UserStore.Stored.Found found ? found.value() : null;
            byte[] after = withPassword(before, copy);
            copy.wipe();
            if (after != null) {
                // The store retries a failed write.
                kept.write(StoredName.ACCOUNT, after, reason -> {});
            }
        });
    }

    /** Returns null if there is no stored login, or it cannot be read. */
    private static byte @Nullable [] withPassword(byte @Nullable [] stored, Secret password) {
        if (stored == null) {
            return null;
        }
        try {
            StoredLogin before = StoredLogin.decode(stored);
            byte[] changed = before.withPassword(password).encode();
            SecretCopy.wipe(before.login());
            return changed;
        } catch (UnreadableException e) {
            return null;
        }
    }
}
