// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PbxParameterTest {
    @RegisterExtension
    static final PbxExtension pbx = PbxExtension.with("1001");

    @Test
    void the_running_pbx_can_be_a_parameter(EmbeddedPbx parameter) {
        assertThat(parameter).isSameAs(pbx.pbx());
    }
}
