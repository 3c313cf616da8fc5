// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.gate.Gate;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check of the main job, at a PBX on real sockets. */
@Tag("slow")
class NetworkChangeCheckTest {
    @Test
    void C10_a_call_goes_on_when_its_phone_changes_its_network() throws IOException {
        try (RunEnvironment environment = RunEnvironment.open();
                EmbeddedPbx pbx = EmbeddedPbx.builder().extensions("1001").start()) {
            Gate gate = new NetworkChangeCheck(environment, SpeechClip.builtIn(), SpeechLimits.CLEAN)
                    .make(pbx.account("1001").build(), "600");

            assertThat(gate).matches(Gate::green, "green");
        }
    }
}
