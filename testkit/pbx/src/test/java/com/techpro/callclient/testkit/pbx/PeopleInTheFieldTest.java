// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

/** The same at a PBX that behaves as those in the field do. */
class PeopleInTheFieldTest extends PeopleTest {
    @Override
    PbxBuilder profile(PbxBuilder builder) {
        return builder.fieldProfile();
    }
}
