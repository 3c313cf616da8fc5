// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;

/**
 * The same where the PBX behaves as phone systems in the field do, but for one that loses the transferee: what becomes of the call then is in
 * {@link EngineInTheFieldTest}.
 */
@Tag("slow")
class EngineTransfersInTheFieldTest extends EngineTransfersTest {
    @Override
    PbxBuilder profile(PbxBuilder builder) {
        return builder.behaving(EnumSet.complementOf(EnumSet.of(FieldBehaviour.LOSES_THE_TRANSFEREE))
                .toArray(FieldBehaviour[]::new));
    }
}
