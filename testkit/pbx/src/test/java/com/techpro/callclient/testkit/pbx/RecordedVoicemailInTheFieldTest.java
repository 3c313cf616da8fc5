// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import org.junit.jupiter.api.Tag;

/** The same at a PBX that behaves as those in the field do. */
@Tag("slow")
class RecordedVoicemailInTheFieldTest extends RecordedVoicemailTest {
    @Override
    PbxBuilder profile(PbxBuilder builder) {
        return builder.fieldProfile();
    }
}
