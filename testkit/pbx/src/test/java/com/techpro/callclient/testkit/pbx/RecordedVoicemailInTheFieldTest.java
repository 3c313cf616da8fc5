// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

/** The same at a PBX that behaves as those in the field do. */
class RecordedVoicemailInTheFieldTest extends RecordedVoicemailTest {
    @Override
    PbxBuilder profile(PbxBuilder builder) {
        return builder.fieldProfile();
    }
}
