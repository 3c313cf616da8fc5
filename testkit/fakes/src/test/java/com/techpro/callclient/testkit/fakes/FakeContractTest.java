// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import org.junit.jupiter.api.Nested;

/** The fake keeps the contract that the engine keeps. */
class FakeContractTest {
    @Nested
    class Calls extends CallContract {
        @Override
        ClientSubject subject() {
            return new FakeSubject();
        }
    }

    @Nested
    class User extends UserContract {
        @Override
        ClientSubject subject() {
            return new FakeSubject();
        }
    }
}
