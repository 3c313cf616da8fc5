// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

/** The same at a PBX that behaves as those in the field do. */
class LoginScenarioInTheFieldTest extends LoginScenarioTest {
    @Override
    PbxBuilder profile(PbxBuilder builder) {
        return builder.fieldProfile();
    }
}
