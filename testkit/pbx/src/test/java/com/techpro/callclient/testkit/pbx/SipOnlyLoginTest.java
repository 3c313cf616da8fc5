// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Extension, host and password: the registration is the phone system's answer (promise U2). */
class SipOnlyLoginTest {
    /** How its PBX behaves. */
    PbxBuilder profile(PbxBuilder builder) {
        return builder;
    }

    private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
    private final BlockingQueue<RegistrationSnapshot> states = new LinkedBlockingQueue<>();
    private final EmbeddedPbx pbx =
            profile(EmbeddedPbx.builder()).extension("1001", "right").start();
    private final CallClient client = CallClient.create(CallClientConfig.builder()
            .callbacks(callbacks)
            .listener(new CallClientListener() {
                @Override
                public void registrationChanged(Account account, RegistrationSnapshot after) {
                    states.add(after);
                }
            })
            .build());

    @AfterEach
    void close() throws Exception {
        client.shutdown(Duration.ofMillis(100)).toCompletableFuture().get(10, TimeUnit.SECONDS);
        pbx.close();
        callbacks.shutdownNow();
    }

    private void logIn(Secret password) throws Exception {
        Login login = Login.of("1001@pbx.test", password)
                .at(pbx.address(SipTransport.TLS))
                .trusting(pbx.tlsTrust());
        LoginResult result = client.login(SipRegistrar.phoneSystem(), login)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(result).isInstanceOf(LoginResult.LoggedIn.class);
        password.wipe();
    }

    private RegistrationSnapshot settled() throws Exception {
        RegistrationSnapshot next;
        do {
            next = states.poll(20, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
        } while (next.state() == RegistrationState.REGISTERING);
        return next;
    }

    @Test
    void U2_the_right_password_registers_though_the_caller_wiped_its_own_copy() throws Exception {
        logIn(Secret.of("right"));

        assertThat(settled().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(client.logout(LogoutOptions.EVERYTHING)
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS)
                        .unregistered())
                .isTrue();
        assertThat(pbx.state().isRegistered("1001")).isFalse();
    }

    @Test
    void U2_a_wrong_password_ends_in_a_typed_failure_and_is_not_tried_again() throws Exception {
        logIn(Secret.of("wrong"));

        RegistrationSnapshot state = settled();
        assertThat(state.state()).isEqualTo(RegistrationState.FAILED);
        assertThat(state.failure())
                .isEqualTo(new Failure.AuthenticationFailed(Failure.AuthenticationProblem.WRONG_CREDENTIALS));
        assertThat(pbx.state().failedLogins()).isOne();
    }
}
