// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A screen to log in learns at once what is wrong, and not when the engine has given up. */
class RegistrationDecidedTest {
    private final PhoneScene scene = new PhoneScene(414);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_server_that_is_not_there_is_told_at_the_first_attempt() {
        SipAccount nowhere = SipAccount.builder("1001", "192.0.2.99", Secret.of("x"))
                .transport(SipTransport.TLS)
                .build();
        Account account = scene.phone("192.0.2.1", nowhere).account;
        CompletableFuture<RegistrationSnapshot> decided =
                account.whenRegisteredOrFailed().toCompletableFuture();
        CompletableFuture<RegistrationSnapshot> registered =
                account.whenRegistered().toCompletableFuture();

        scene.until(decided::isDone);

        assertThat(decided.join().state()).isEqualTo(RegistrationState.WAITING);
        assertThat(decided.join().failure()).isInstanceOf(Failure.Unreachable.class);
        assertThat(decided.join().retryIn()).isPositive();
        assertThat(registered).as("the engine tries again").isNotDone();

        CompletableFuture<RegistrationSnapshot> late =
                account.whenRegisteredOrFailed().toCompletableFuture();
        scene.pass(Duration.ofMillis(10));
        assertThat(late).as("at once while it waits").isCompleted();
        account.remove();
        scene.until(registered::isDone);
    }

    @Test
    void an_account_that_registers_is_told_as_by_the_other() {
        Account account = scene.phone("1001", "192.0.2.1").account;
        CompletableFuture<RegistrationSnapshot> decided =
                account.whenRegisteredOrFailed().toCompletableFuture();

        scene.until(decided::isDone);

        assertThat(decided.join().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void one_that_was_removed_is_told_as_well() {
        Account account = scene.phone("1001", "192.0.2.1").registered().account;
        account.remove();
        scene.pass(Duration.ofSeconds(10));

        CompletableFuture<RegistrationSnapshot> decided =
                account.whenRegisteredOrFailed().toCompletableFuture();
        scene.pass(Duration.ofMillis(10));

        assertThat(decided.join().state()).isEqualTo(RegistrationState.UNREGISTERED);
    }
}
