// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;

/** The fake fulfils the whole contract. */
@Lacks(
        value = {"files of its own", "a disk that is full at each step"},
        because = "it lies in memory")
class FakeSecureStoreContractTest extends SecureStoreContract {
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();

    FakeSecureStoreContractTest() {
        disk.excludeOthers();
    }

    @Override
    protected SecureStorePort create() {
        return new FakeSecureStore(disk);
    }

    @Override
    protected boolean fail(Reason reason) {
        disk.fail(reason);
        return true;
    }

    @Override
    protected void heal() {
        disk.fail(null);
    }

    @Override
    protected boolean tamper() {
        disk.tamper();
        return true;
    }

    @Override
    protected Runnable copy() {
        return disk.copy();
    }

    @Override
    protected byte[] remains() {
        return disk.remains();
    }
}
