// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.FullDisk;
import com.techpro.callclient.testkit.contracts.SecureStoreContract;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of secure stores, with a keyring in memory. */
class KeyringVaultContractTest extends SecureStoreContract {
    private final FakeKeyring keyring = new FakeKeyring();
    private final FaultyDisk disk = new FaultyDisk();

    @TempDir
    private Path directory;

    private VaultPlace place;

    @BeforeEach
    void choosePlace() {
        place = VaultPlace.in(directory);
    }

    @Override
    protected SecureStorePort create() {
        return place.withKeyring(keyring, disk);
    }

    @Override
    protected boolean fail(Reason reason) {
        if (reason == Reason.FULL) {
            disk.stepsUntilFault = 0;
        } else {
            keyring.failure = reason;
        }
        return true;
    }

    @Override
    protected void heal() {
        disk.stepsUntilFault = Integer.MAX_VALUE;
        keyring.failure = null;
    }

    @Override
    protected FullDisk fullDisk() {
        return disk;
    }

    @Override
    protected Path directory() {
        return directory;
    }

    @Override
    protected boolean tamper() {
        return place.tamper();
    }

    @Override
    protected Runnable copy() {
        return place.copy();
    }

    @Override
    protected byte[] remains() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(place.bytes());
        keyring.entries.forEach((name, text) -> all.writeBytes((name + text).getBytes(StandardCharsets.UTF_8)));
        return all.toByteArray();
    }
}
