// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.signalling.PbxFailures;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What fails inside the PBX fails who uses it, whatever the phone under test makes of it. */
class PbxFailuresTest {
    private final AtomicBoolean broken = new AtomicBoolean();

    @Test
    void a_pbx_that_failed_on_its_signalling_loop_throws_when_it_is_closed() {
        try (PbxScene scene = new PbxScene(41, builder -> builder.random(breakable()))) {
            PbxScene.Phone phone = scene.phone("1001").registered();
            broken.set(true);
            phone.account.dial("*43");
            scene.pass(Duration.ofSeconds(1));
            broken.set(false);

            assertThat(scene.pbx.failures()).isPositive();
            assertThatThrownBy(scene.pbx::close)
                    .isInstanceOf(AssertionError.class)
                    .hasRootCauseMessage("on purpose");
            assertThatCode(scene.pbx::close).doesNotThrowAnyException();
        }
    }

    @Test
    void a_pbx_that_did_not_fail_closes_quietly() {
        try (PbxScene scene = new PbxScene(42, builder -> builder)) {
            PbxScene.Phone phone = scene.phone("1001").registered();
            assertThat(phone.account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
            assertThat(scene.pbx.failures()).isZero();
        }
    }

    @Test
    void an_exception_in_a_worker_is_kept() {
        PbxFailures failures = new PbxFailures();

        failures.guarding(Runnable::run).execute(() -> {
            throw new IllegalStateException("on purpose");
        });

        assertThat(failures.count()).isOne();
        assertThatThrownBy(failures::throwIfAny).hasRootCauseMessage("on purpose");
    }

    @Test
    void an_exception_in_the_web_server_is_kept() throws Exception {
        EmbeddedPbx pbx = EmbeddedPbx.builder()
                .random(breakable())
                .extensions("1001")
                .provisioning()
                .start();
        broken.set(true);
        PhoneSystems.lpconfig("/provisioning").logIn(pbx.login("1001"), new FakeLoginContext());
        Await.until(() -> pbx.failures() > 0, Duration.ofSeconds(10));
        broken.set(false);

        assertThatThrownBy(pbx::close).isInstanceOf(AssertionError.class);
    }

    private Random breakable() {
        return new Random(Seeds.of(1)) {
            @Override
            protected int next(int bits) {
                if (broken != null && broken.get()) {
                    throw new IllegalStateException("on purpose");
                }
                return super.next(bits);
            }
        };
    }
}
