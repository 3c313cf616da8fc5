// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

/** The same where the PBX behaves as phone systems in the field do. */
class EngineTransfersInTheFieldTest extends EngineTransfersTest {
    @Override
    PbxBuilder profile(PbxBuilder builder) {
        return builder.fieldProfile();
    }
}
