// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A phone's store, whose process can die at a write: from then on nothing reaches the disk. */
final class SwarmStore implements SecureStorePort {
    private final FakeSecureStore store;
    /** Writes until death; negative for never. */
    private int writesLeft = -1;

    private boolean last;
    private boolean dead;

    SwarmStore(FakeSecureStore.Disk disk) {
        this.store = new FakeSecureStore(disk);
    }

    /** @param kept whether that write still reaches the disk */
    void dieAtWrite(int number, boolean kept) {
        writesLeft = number;
        last = kept;
    }

    void die() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    @Override
    public byte @Nullable [] read(String name) throws SecureStoreException {
        requireAlive();
        return store.read(name);
    }

    @Override
    public Set<String> names() throws SecureStoreException {
        requireAlive();
        return store.names();
    }

    @Override
    public void write(Map<String, byte @Nullable []> changes) throws SecureStoreException {
        requireAlive();
        if (writesLeft-- == 0) {
            dead = true;
            if (last) {
                store.write(changes);
            }
        }
        requireAlive();
        store.write(changes);
    }

    @Override
    public void erase() throws SecureStoreException {
        requireAlive();
        store.erase();
    }

    @Override
    public void close() {
        store.close();
    }

    private void requireAlive() throws SecureStoreException {
        if (dead) {
            throw new SecureStoreException(SecureStoreException.Reason.FAILED, null);
        }
    }
}
