// SPDX-License-Identifier: Apache-2.0
/** Samplers for Apache JMeter. See the README of {@code testkit/jmeter}; there is no API. */
module com.techpro.callclient.testkit.jmeter {
    requires com.techpro.callclient.testkit.soak;
    requires static org.jspecify;
    requires ApacheJMeter.core;
    requires ApacheJMeter.java;
    requires org.slf4j;

    exports com.techpro.callclient.testkit.jmeter;

    provides org.apache.jmeter.protocol.java.sampler.JavaSamplerClient with
            com.techpro.callclient.testkit.jmeter.RegisterSampler,
            com.techpro.callclient.testkit.jmeter.LogInSampler,
            com.techpro.callclient.testkit.jmeter.CallSampler,
            com.techpro.callclient.testkit.jmeter.SipCallSampler,
            com.techpro.callclient.testkit.jmeter.HoldSampler,
            com.techpro.callclient.testkit.jmeter.TransferSampler,
            com.techpro.callclient.testkit.jmeter.VoicemailSampler,
            com.techpro.callclient.testkit.jmeter.ConferenceSampler;
}
