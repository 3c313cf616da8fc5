// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.FullDisk;
import com.techpro.callclient.testkit.contracts.Lacks;
import com.techpro.callclient.testkit.contracts.SecureStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of secure stores, with a passphrase. */
@Lacks(
        value = {"failing with LOCKED", "failing with UNAVAILABLE"},
        because = "its key comes from a passphrase, not from the platform")
class PassphraseVaultContractTest extends SecureStoreContract {
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
        return place.withPassphrase("correct horse", disk);
    }

    @Override
    protected boolean fail(Reason reason) {
        if (reason != Reason.FULL) {
            return false;
        }
        disk.stepsUntilFault = 0;
        return true;
    }

    @Override
    protected void heal() {
        disk.stepsUntilFault = Integer.MAX_VALUE;
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
        return place.bytes();
    }
}
