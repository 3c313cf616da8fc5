// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.soak.report.StepFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.jmeter.config.Arguments;
import org.apache.jmeter.protocol.java.sampler.AbstractJavaSamplerClient;
import org.apache.jmeter.protocol.java.sampler.JavaSamplerContext;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.threads.JMeterContextService;
import org.jspecify.annotations.Nullable;

/**
 * A sampler that is a user of a phone system. The first sample of a thread logs in, outside the
 * measurement; the end of the test logs out. All samplers of a thread share one user, and all users
 * of a process share one engine. In an Open Model Thread Group a sample's time counts from the
 * thread's intended start. Results contain no passwords and no numbers.
 */
public abstract class PhoneSampler extends AbstractJavaSamplerClient {
    private static final List<Parameter> EVERY_SAMPLER = List.of(
            Parameter.USER,
            Parameter.PASSWORD,
            Parameter.AUTH_USER,
            Parameter.DOMAIN,
            Parameter.PROXY,
            Parameter.TRANSPORT,
            Parameter.TRUST_ANCHOR,
            Parameter.CODECS,
            Parameter.KEYING,
            Parameter.CLIP,
            Parameter.MOST_LOST,
            Parameter.WARM_UP,
            Parameter.USERS);

    private @Nullable ThreadUser joined;

    PhoneSampler() {}

    /** Returns the additional parameters of this sampler. */
    abstract List<Parameter> parameters();

    /** Logs in what the sample needs, outside the measurement. */
    abstract void logIn(ThreadUser user, Settings settings) throws IOException, StepFailedException;

    /** Runs one sample. */
    abstract void sample(ThreadUser user, Settings settings, Steps steps) throws IOException, StepFailedException;

    @Override
    public final Arguments getDefaultParameters() {
        Arguments defaults = new Arguments();
        List<Parameter> all = new ArrayList<>(EVERY_SAMPLER);
        all.addAll(parameters());
        all.forEach(parameter -> defaults.addArgument(parameter.key(), parameter.preset()));
        return defaults;
    }

    @Override
    public final SampleResult runTest(JavaSamplerContext context) {
        String name = context.getParameter(TestElement.NAME, getClass().getSimpleName());
        Settings settings = new Settings(context);
        ThreadUser user = joined;
        StepFailedException refused = null;
        String misused = null;
        OptionalLong intended = OptionalLong.empty();
        try {
            intended = IntendedStart.take(JMeterContextService.getContext());
            if (user == null) {
                user = ThreadUser.join(settings);
                joined = user;
            }
            logIn(user, settings);
        } catch (StepFailedException e) {
            refused = e;
        } catch (IOException | IllegalArgumentException e) {
            misused = String.valueOf(e.getMessage());
        }
        Steps steps = new Steps(name, intended);
        if (refused != null) {
            steps.fail(refused);
        } else if (misused != null || user == null) {
            steps.fail("parameters", misused == null ? "not set" : misused);
        } else {
            sampled(user, settings, steps);
        }
        return steps.end();
    }

    private void sampled(ThreadUser user, Settings settings, Steps steps) {
        try {
            sample(user, settings, steps);
        } catch (StepFailedException e) {
            steps.fail(e);
            user.hangUpAll();
        } catch (IOException | IllegalArgumentException e) {
            steps.fail("parameters", String.valueOf(e.getMessage()));
            user.hangUpAll();
        }
    }

    @Override
    public final void teardownTest(JavaSamplerContext context) {
        ThreadUser user = joined;
        joined = null;
        if (user != null) {
            user.leave();
        }
    }
}
