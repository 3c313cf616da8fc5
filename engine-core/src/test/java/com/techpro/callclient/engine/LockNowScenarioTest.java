// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.lock.AppLock.Mode;
import com.techpro.callclient.engine.lock.AppLock.Proof;
import com.techpro.callclient.engine.lock.AppLock.Settings;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The line after the one that locks: the loop has not run in between. */
class LockNowScenarioTest {
    private static final Settings AT_ONCE = new Settings(Mode.PIN, null, Duration.ZERO);

    private PhoneScene scene;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhonesAndALock() {
        scene = new PhoneScene(8);
        alice = scene.phone("alice", "192.0.2.1", config -> config.platform(p -> p.store(new FakeSecureStore())))
                .registered()
                .speaking(440);
        bob = scene.phone("bob", "192.0.2.2").registered().speaking(880);
        var set = alice.client.lock().setPin(Secret.of("274913"), AT_ONCE, new Proof.None());
        scene.until(set.toCompletableFuture()::isDone);
        assertThat(set.toCompletableFuture().join().isDone()).isTrue();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void U2_a_call_dialled_right_after_locking_is_refused_and_opens_no_microphone() {
        int opened = alice.audio.opened();
        alice.client.lock().lockNow();

        assertThat(alice.client.lock().isLocked()).isTrue();
        assertThatThrownBy(() -> alice.account.dial("bob")).isInstanceOf(LockedException.class);
        assertThat(alice.locks)
                .as("told on the callbacks' executor, afterwards")
                .isEmpty();
        scene.pass(Duration.ofSeconds(2));

        assertThat(alice.locks).containsExactly(true);
        assertThat(bob.incoming).isNull();
        assertThat(alice.audio.opened()).isEqualTo(opened);
    }

    @Test
    void U2_a_background_lock_prevents_a_call_dialled_right_after_it() {
        int opened = alice.audio.opened();
        alice.client.lock().appInBackground();

        assertThatThrownBy(() -> alice.account.dial("bob")).isInstanceOf(LockedException.class);
        alice.client.lock().appInForeground();
        assertThatThrownBy(() -> alice.account.dial("bob")).isInstanceOf(LockedException.class);
        scene.pass(Duration.ofSeconds(2));

        assertThat(alice.locks).containsExactly(true);
        assertThat(bob.incoming).isNull();
        assertThat(alice.audio.opened()).isEqualTo(opened);
    }

    @Test
    void a_call_dialled_before_the_lock_is_placed_and_continues() {
        alice.account.dial("bob");
        alice.client.lock().lockNow();

        scene.until(() -> bob.incoming != null);
        bob.incoming.answer();
        scene.pass(Duration.ofSeconds(3));

        assertThat(alice.client.lock().isLocked()).isTrue();
        assertThat(alice.hears(880)).isGreaterThan(6_000);
        assertThat(bob.hears(440)).isGreaterThan(6_000);
    }

    @Test
    void a_listener_that_comes_just_before_is_told_once() {
        List<Boolean> told = new ArrayList<>();
        alice.client.addListener(new CallClientListener() {
            @Override
            public void lockChanged(boolean locked) {
                told.add(locked);
            }
        });
        alice.client.lock().lockNow();
        scene.pass(Duration.ofSeconds(1));

        assertThat(told).containsExactly(true);
    }

    /** Whether there is a lock is not known until then. */
    @Test
    void a_listener_that_comes_before_the_store_is_read_is_told_of_no_lock() {
        List<Boolean> told = new ArrayList<>();
        Phone carol = scene.phone("carol", "192.0.2.3", config -> config.platform(p -> p.store(new FakeSecureStore())));
        carol.client.addListener(new CallClientListener() {
            @Override
            public void lockChanged(boolean locked) {
                told.add(locked);
            }
        });
        scene.pass(Duration.ofSeconds(1));

        assertThat(carol.client.lock().isLocked()).isFalse();
        assertThat(told).isEmpty();
    }
}
