// SPDX-License-Identifier: Apache-2.0
/**
 * What tests an adapter and an engine: a contract kit per port, honest fakes of the ports, virtual time, a simulated network and checks for
 * leaks.
 *
 * <p>An integrator extends the kit of a port, such as {@link com.techpro.callclient.testkit.contracts.AudioPortContract}, and its tests say
 * clause by clause what the adapter keeps.
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
