// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.testkit.privacy.VirtualOffice.Phone;
import org.junit.jupiter.api.Test;

/** The parts of {@link PrivacyPromises}, which is slow, that need neither real sockets nor a disk: for every build. */
class FastPromisesTest implements PeoplePromises, DevicePromises, ClassFilePromises {
    @Test
    void U1_calls_go_out_and_come_in_encrypted() {
        try (VirtualOffice office = new VirtualOffice()) {
            Phone one = office.phone("1001", settings -> settings);
            Phone two = office.phone("1002", settings -> settings);

            Call call = office.talk(one, two);

            assertThat(call.snapshot().encrypted()).isTrue();
            assertThat(two.incoming.snapshot().encrypted()).isTrue();
        }
    }
}
