// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.push.PushPort;
import com.techpro.callclient.ports.push.PushToken;
import java.time.Duration;
import java.util.function.BooleanSupplier;

class FakePushContractTest extends PushPortContract {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final FakePush fake = new FakePush(time.workers());
    private int issued;

    @Override
    protected PushPort port() {
        return fake;
    }

    @Override
    protected void await(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(10));
    }

    @Override
    protected boolean issueAnother() {
        fake.issue(new PushToken("fcm", "token-" + ++issued, "project"));
        return true;
    }
}
