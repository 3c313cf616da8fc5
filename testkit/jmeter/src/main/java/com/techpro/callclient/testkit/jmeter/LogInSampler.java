// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.soak.report.StepFailedException;
import java.io.IOException;
import java.util.List;

/**
 * Registers a user for the samples of all threads, until the end of the test. Put it into a setUp
 * Thread Group: a thread of an Open Model Thread Group lasts for one call, and is not a user.
 */
public final class LogInSampler extends PhoneSampler {
    @Override
    List<Parameter> parameters() {
        return List.of();
    }

    @Override
    void logIn(ThreadUser user, Settings settings) {}

    @Override
    void sample(ThreadUser user, Settings settings, Steps steps) throws IOException, StepFailedException {
        var account = settings.account();
        steps.time("register", () -> user.logInForAll(account, settings));
    }
}
