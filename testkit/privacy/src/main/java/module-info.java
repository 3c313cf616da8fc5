// SPDX-License-Identifier: Apache-2.0
/**
 * What leaves the process, and the check of PRIVACY.md.
 *
 * <p>{@link com.techpro.callclient.testkit.privacy.MainScenario} lets people with marked names,
 * numbers and passwords use the engine at an embedded PBX. It returns
 * {@link com.techpro.callclient.testkit.privacy.Evidence}: where the marks appeared.
 * {@link com.techpro.callclient.testkit.privacy.PromiseTable} compares that with each
 * {@link com.techpro.callclient.testkit.privacy.Promise}. The command line
 * {@code ./callclient privacy-check} prints it.
 */
module com.techpro.callclient.testkit.privacy {
    requires transitive com.techpro.callclient.engine;
    requires transitive com.techpro.callclient.testkit.contracts;
    requires com.techpro.callclient.testkit.pbx;
    requires com.techpro.callclient.stack;
    requires com.techpro.callclient.adapters.keystore;
    requires static transitive org.jspecify;
    requires java.logging;

    exports com.techpro.callclient.testkit.privacy;
}
