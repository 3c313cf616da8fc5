// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.failure.Failure;
import org.junit.jupiter.api.Tag;

/** The same at a PBX that behaves as those in the field do. */
@Tag("slow")
class VoicemailInTheFieldTest extends VoicemailTest {
    @Override
    PbxBuilder profile(PbxBuilder builder) {
        return builder.fieldProfile();
    }

    @Override
    CallEnding declined() {
        return new CallEnding.Failed(new Failure.Forbidden());
    }
}
