// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.Lacks;
import com.techpro.callclient.testkit.contracts.SecureStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The contract of secure stores on a real GNOME Keyring, unlocked, locked and gone. */
@Lacks(
        value = {"failing with FULL", "a disk that is full at each step"},
        because = "the disk is a real one; KeyringVaultContractTest and SmallDiskContractTest fill one")
@Tag("interop")
class GnomeKeyringContractTest extends SecureStoreContract {
    @TempDir
    private static Path keyringDirectory;

    private static GnomeKeyring gnome;

    @TempDir
    private Path directory;

    private VaultPlace place;
    private String service;

    @BeforeAll
    static void start() throws Exception {
        gnome = new GnomeKeyring(keyringDirectory);
        gnome.startUnlocked();
    }

    @AfterAll
    static void stop() {
        gnome.close();
    }

    @BeforeEach
    void choosePlace(TestInfo test) {
        place = VaultPlace.in(directory);
        service = "callclient test " + test.getDisplayName().hashCode();
    }

    @Override
    protected SecureStorePort create() {
        return place.withKeyring(new SecretServiceKeyring(service, gnome.address()));
    }

    @Override
    protected boolean fail(Reason reason) {
        switch (reason) {
            case LOCKED -> gnome.startLocked();
            case UNAVAILABLE -> gnome.stop();
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    protected void heal() {
        gnome.startUnlocked();
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
