// SPDX-License-Identifier: Apache-2.0
/**
 * What an adapter is tested with, and what an app tests itself with.
 *
 * <p>Who writes an adapter extends the kit of its port, for instance {@link com.techpro.callclient.testkit.contracts.AudioPortContract}; each test
 * carries the ID of the clause of the port's contract. What cannot be tried is named by {@link com.techpro.callclient.testkit.contracts.Lacks}.
 *
 * <p>Who tests an app starts with the fakes, for instance {@link com.techpro.callclient.testkit.contracts.FakeAudio}, which pass the same kits, and with
 * {@link com.techpro.callclient.testkit.contracts.VirtualTime} and {@link com.techpro.callclient.testkit.contracts.SimulatedNetwork}: the whole engine
 * runs in one thread, the same way every time. {@link com.techpro.callclient.testkit.contracts.LeakCheck} says what was not given back.
 */
module com.techpro.callclient.testkit.contracts {
    requires transitive com.techpro.callclient.ports;
    requires transitive org.junit.jupiter.api;
    // The kits need it, the fakes do not: who runs kits on the module path requires it too.
    requires static org.assertj.core;
    requires static transitive org.jspecify;

    exports com.techpro.callclient.testkit.contracts;

    provides org.junit.jupiter.api.extension.Extension with
            com.techpro.callclient.testkit.contracts.SeedOnFailure;
}
