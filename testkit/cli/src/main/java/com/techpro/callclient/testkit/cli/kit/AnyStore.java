// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.kit;

import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.Lacks;
import com.techpro.callclient.testkit.contracts.SecureStoreContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The kit for any secure store of files, each clause in its own folder. */
@ExtendWith(PortFactory.class)
@Lacks(
        value = {
            "failing with FULL",
            "a disk that is full at each step",
            "failing with LOCKED",
            "failing with UNAVAILABLE"
        },
        because = "a command cannot make a platform fail")
@Lacks(
        value = "a copy of what remains",
        because = "which of the files tells that others are old, only the author knows")
final class AnyStore extends SecureStoreContract {
    private final PortFactory factory;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    AnyStore(PortFactory factory) {
        this.factory = factory;
    }

    @Override
    protected SecureStorePort create() {
        return factory.make(SecureStorePort.class, KitPort.STORE, directory);
    }

    @Override
    protected Path directory() {
        return directory;
    }

    @Override
    protected @Nullable Runnable copy() {
        return null;
    }
}
