// SPDX-License-Identifier: Apache-2.0
package org.example.phone;

import static com.techpro.callclient.testkit.assertj.PbxAssertions.assertThat;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxAccount;
import com.techpro.callclient.testkit.pbx.PbxExtension;
import com.techpro.callclient.testkit.pbx.TraceExtension;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the app tells the phone system; a test that fails leaves the ladder of its calls in target/traces. */
class SentHeadersTest {
    @RegisterExtension
    static final PbxExtension pbx = PbxExtension.with("1001", "1002");

    @RegisterExtension
    static final TraceExtension trace = TraceExtension.of(pbx);

    private final CallClient app = CallClient.create(
            CallClientConfig.builder().userAgent("ExamplePhone/1.0").build());

    @AfterEach
    void hangUpAndLogOut() {
        app.shutdown(Duration.ofSeconds(5)).toCompletableFuture().join();
    }

    @Test
    void a_call_names_the_app_and_asks_for_encrypted_sound(
            EmbeddedPbx phoneSystem, @PbxAccount("1001") SipAccount anna) {
        app.addAccount(anna).dial("1002");

        assertThat(phoneSystem)
                .within(Duration.ofSeconds(5))
                .received("INVITE")
                .from("1001")
                .to("1002")
                .withHeader("User-Agent", "ExamplePhone/1.0")
                .withBodyContaining("RTP/SAVP");
    }
}
