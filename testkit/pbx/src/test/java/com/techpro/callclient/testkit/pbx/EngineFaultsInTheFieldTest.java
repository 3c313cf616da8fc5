// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;

/** The same at a PBX that behaves as those in the field do, but for direct media: what does not pass it, it cannot spoil. */
@Tag("slow")
class EngineFaultsInTheFieldTest extends EngineFaultsTest {
    @Override
    PbxBuilder profile(PbxBuilder builder) {
        return builder.behaving(
                EnumSet.complementOf(EnumSet.of(FieldBehaviour.DIRECT_MEDIA)).toArray(FieldBehaviour[]::new));
    }
}
