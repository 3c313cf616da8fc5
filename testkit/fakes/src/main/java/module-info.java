// SPDX-License-Identifier: Apache-2.0
/**
 * Fakes of a client, its accounts and its calls, for tests of an app. Start with
 * {@link com.techpro.callclient.testkit.fakes.FakeCallClient}.
 */
module com.techpro.callclient.testkit.fakes {
    requires transitive com.techpro.callclient.engine;
    requires com.techpro.callclient.stack;
    requires static transitive org.jspecify;

    exports com.techpro.callclient.testkit.fakes;
}
