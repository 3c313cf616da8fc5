// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

/** The same at a PBX that behaves as those in the field do. */
class EngineConferenceInTheFieldTest extends EngineConferenceTest {
    @Override
    PbxBuilder profile(PbxBuilder builder) {
        return builder.fieldProfile();
    }
}
