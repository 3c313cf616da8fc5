// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The engine keeps the contract of a client. */
@Tag("slow")
class EngineContractTest {
    @Nested
    class Calls extends CallContract {
        @Override
        ClientSubject subject() {
            return new EngineSubject();
        }
    }

    @Nested
    class User extends UserContract {
        @Override
        ClientSubject subject() {
            return new EngineSubject();
        }
    }
}
