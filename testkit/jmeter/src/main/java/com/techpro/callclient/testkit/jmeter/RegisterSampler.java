// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.LoadAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Registers over a connection of its own, and unregisters. Its users should have no other sampler.
 */
public final class RegisterSampler extends PhoneSampler {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @Override
    List<Parameter> parameters() {
        return List.of();
    }

    @Override
    void logIn(ThreadUser user, Settings settings) {}

    @Override
    void sample(ThreadUser user, Settings settings, Steps steps) throws IOException, StepFailedException {
        var account = settings.account();
        LoadAccount[] registered = new LoadAccount[1];
        steps.time("register", () -> registered[0] = user.register(account, settings));
        steps.time("unregister", () -> registered[0].unregister(LIMIT));
    }
}
