// SPDX-License-Identifier: Apache-2.0
/**
 * The real client in virtual time, at a phone system that a test scripts, for tests of an app.
 * Start with {@link com.techpro.callclient.testkit.fakes.FakeCallClient}.
 */
module com.techpro.callclient.testkit.fakes {
    requires transitive com.techpro.callclient.engine;
    requires transitive com.techpro.callclient.testkit.contracts;
    requires com.techpro.callclient.stack;
    requires static transitive org.jspecify;

    exports com.techpro.callclient.testkit.fakes;
}
