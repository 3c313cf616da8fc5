// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Supplies the phone's account. Closed after the client. */
interface SignIn extends AutoCloseable {
    /** Returns the client's persistent store, or null. */
    @Nullable
    SecureStorePort store();

    /**
     * Blocks until there is an account, which then registers by itself.
     *
     * @param console null if nobody can be asked
     */
    Account account(CallClient client, Screen screen, @Nullable Console console) throws NoLogin;

    @Override
    void close();

    /** An extension and its SIP password, as a technician knows them. */
    record Known(SipAccount sipAccount) implements SignIn {
        @Override
        public @Nullable SecureStorePort store() {
            return null;
        }

        @Override
        public Account account(CallClient client, Screen screen, @Nullable Console console) {
            return client.addAccount(sipAccount);
        }

        @Override
        public void close() {
            sipAccount.password().wipe();
        }
    }
}
