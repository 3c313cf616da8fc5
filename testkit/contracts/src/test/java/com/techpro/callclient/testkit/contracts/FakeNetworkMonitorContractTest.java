// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.NetworkMonitor;
import java.time.Duration;
import java.util.function.BooleanSupplier;

class FakeNetworkMonitorContractTest extends NetworkMonitorContract {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final FakeNetworkMonitor fake = new FakeNetworkMonitor(time.workers());

    @Override
    protected NetworkMonitor port() {
        return fake;
    }

    @Override
    protected void await(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(10));
    }

    @Override
    protected boolean disconnect() {
        fake.become(NetworkMonitor.Status.OFFLINE);
        return true;
    }

    @Override
    protected boolean connectElsewhere() {
        fake.become(NetworkMonitor.Status.on("second"));
        return true;
    }
}
