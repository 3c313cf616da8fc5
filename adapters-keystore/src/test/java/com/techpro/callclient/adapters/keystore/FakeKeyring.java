// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A keyring in memory that can be locked and can be away, at once or after some more steps. */
final class FakeKeyring implements Keyring {
    final Map<String, String> entries = new TreeMap<>();

    @Nullable
    Reason failure;

    int stepsUntilFailure = Integer.MAX_VALUE;
    int puts;

    @Override
    public Session open() throws SecureStoreException {
        step();
        return new Session() {
            @Override
            public char @Nullable [] get(String name) throws SecureStoreException {
                step();
                String text = entries.get(name);
                return text == null ? null : text.toCharArray();
            }

            @Override
            public void put(String name, char[] text) throws SecureStoreException {
                step();
                puts++;
                entries.put(name, new String(text));
            }

            @Override
            public void remove(String name) throws SecureStoreException {
                step();
                entries.remove(name);
            }

            @Override
            public void close() {}
        };
    }

    private void step() throws SecureStoreException {
        if (failure != null) {
            throw new SecureStoreException(failure, null);
        }
        if (stepsUntilFailure-- <= 0) {
            throw new SecureStoreException(Reason.LOCKED, null);
        }
    }
}
