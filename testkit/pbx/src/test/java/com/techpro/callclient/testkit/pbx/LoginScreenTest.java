// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a screen to log in shows, and how soon. */
class LoginScreenTest {
    private final PbxScene scene = new PbxScene(417, builder -> builder);

    @AfterEach
    void close() {
        scene.close();
    }

    private RegistrationSnapshot decided(SipAccount account, Duration limit) {
        CompletableFuture<RegistrationSnapshot> decided =
                scene.phone("1001", account).account.whenRegisteredOrFailed().toCompletableFuture();
        scene.until(decided::isDone, limit);
        return decided.join();
    }

    @Test
    void an_untrusted_certificate_is_reported_at_once_though_retries_continue() {
        SipAccount stranger =
                scene.pbx.account("1001").tlsTrust(TlsTrust.PLATFORM).build();

        RegistrationSnapshot now = decided(stranger, Duration.ofSeconds(1));

        assertThat(now.state()).isEqualTo(RegistrationState.WAITING);
        assertThat(now.failure()).isEqualTo(new Failure.TlsFailed(Failure.TlsProblem.UNTRUSTED));
        assertThat(now.retryIn()).isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    void a_wrong_password_is_told_as_well() {
        SipAccount right = scene.pbx.account("1001").build();
        SipAccount wrong = SipAccount.builder("1001", right.domain(), Secret.of("wrong"))
                .outboundProxies(right.outboundProxies())
                .tlsTrust(right.tlsTrust())
                .build();

        RegistrationSnapshot now = decided(wrong, Duration.ofSeconds(5));

        assertThat(now.state()).isEqualTo(RegistrationState.FAILED);
        assertThat(now.failure()).isInstanceOf(Failure.AuthenticationFailed.class);
    }
}
