// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.util.EnumSet;

/** The same at a PBX that behaves as those in the field do, but for direct media: what does not pass it, it cannot spoil. */
class EngineFaultsInTheFieldTest extends EngineFaultsTest {
    @Override
    PbxBuilder profile(PbxBuilder builder) {
        return builder.behaving(
                EnumSet.complementOf(EnumSet.of(FieldBehaviour.DIRECT_MEDIA)).toArray(FieldBehaviour[]::new));
    }
}
