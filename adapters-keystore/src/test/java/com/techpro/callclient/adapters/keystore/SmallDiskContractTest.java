// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.FullDisk;
import com.techpro.callclient.testkit.contracts.Lacks;
import com.techpro.callclient.testkit.contracts.SecureStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of secure stores on a real file system, which has room for so many pages more and
 * then none. Mounting it takes root.
 */
@Lacks(
        value = {"failing with LOCKED", "failing with UNAVAILABLE"},
        because = "its key comes from a passphrase, not from the platform")
@Tag("interop")
class SmallDiskContractTest extends SecureStoreContract implements FullDisk {
    private static final int PAGE = 4_096;

    private final List<Vault> opened = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path disk;
    private Path filler;
    private VaultPlace place;
    private boolean wasFull;

    @BeforeEach
    void mountDisk() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        RealDiskTest.run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
        filler = disk.resolve("filler");
        place = VaultPlace.in(Files.createDirectory(disk.resolve("store")));
    }

    @AfterEach
    void unmountDisk() throws Exception {
        opened.forEach(Vault::close);
        RealDiskTest.run("umount", disk.toString());
    }

    @Override
    protected SecureStorePort create() {
        Vault vault = place.withPassphrase("correct horse", watchedDisk());
        opened.add(vault);
        return vault;
    }

    /** The real one; what it has no room for is remembered. */
    private DiskOperations watchedDisk() {
        return (DiskOperations) Proxy.newProxyInstance(
                DiskOperations.class.getClassLoader(),
                new Class<?>[] {DiskOperations.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(DiskOperations.REAL, arguments);
                    } catch (InvocationTargetException e) {
                        wasFull |= e.getTargetException() instanceof IOException;
                        throw e.getTargetException();
                    }
                });
    }

    @Override
    protected FullDisk fullDisk() {
        return this;
    }

    @Override
    public void fullAfter(int steps) {
        try {
            long free = Files.getFileStore(disk).getUsableSpace() / PAGE;
            Files.write(filler, new byte[(int) Math.max(0, free - steps) * PAGE]);
            wasFull = false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean wasFull() {
        return wasFull;
    }

    @Override
    protected boolean fail(Reason reason) {
        if (reason != Reason.FULL) {
            return false;
        }
        fullAfter(0);
        return true;
    }

    @Override
    protected void heal() {
        try {
            Files.deleteIfExists(filler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Path directory() {
        return disk.resolve("store");
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
