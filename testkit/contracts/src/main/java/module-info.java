// SPDX-License-Identifier: Apache-2.0
/**
 * Test support for adapters and for apps.
 *
 * <p>An adapter's author extends the kit of its port, for instance {@link
 * com.techpro.callclient.testkit.contracts.AudioPortContract}. Each test carries the ID of a clause
 * of the port's contract. {@link com.techpro.callclient.testkit.contracts.Lacks} declares what
 * cannot be tried.
 *
 * <p>An app's tests start with the fakes, for instance
 * {@link com.techpro.callclient.testkit.contracts.FakeAudio}, which pass the same kits. Add
 * {@link com.techpro.callclient.testkit.contracts.VirtualTime} and {@link
 * com.techpro.callclient.testkit.contracts.SimulatedNetwork}: the whole engine then runs on one
 * thread, repeatably. {@link com.techpro.callclient.testkit.contracts.LeakCheck} reports what was
 * not released.
 */
module com.techpro.callclient.testkit.contracts {
    requires transitive com.techpro.callclient.ports;
    requires transitive org.junit.jupiter.api;
    // The kits need it, the fakes do not: to run kits on the module path, require it too.
    requires static org.assertj.core;
    requires static transitive org.jspecify;

    exports com.techpro.callclient.testkit.contracts;

    provides org.junit.jupiter.api.extension.Extension with
            com.techpro.callclient.testkit.contracts.SeedOnFailure;
}
