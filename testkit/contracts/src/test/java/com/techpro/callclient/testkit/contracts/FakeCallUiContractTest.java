// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.callui.CallUiPort;
import java.time.Duration;
import java.util.function.BooleanSupplier;

class FakeCallUiContractTest extends CallUiPortContract {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final FakeCallUi fake = new FakeCallUi(time.openLoop("system")::execute);

    @Override
    protected CallUiPort port() {
        return fake;
    }

    @Override
    protected void await(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(10));
    }

    @Override
    protected boolean refuse() {
        fake.refuse(true);
        return true;
    }

    @Override
    protected boolean userAnswers(String id) {
        fake.userAnswers(id);
        time.advance(Duration.ZERO);
        return true;
    }

    @Override
    protected String remembered() {
        StringBuilder all = new StringBuilder();
        fake.told().forEach(call -> all.append(call.name()).append(call.number()));
        return all.toString();
    }
}
