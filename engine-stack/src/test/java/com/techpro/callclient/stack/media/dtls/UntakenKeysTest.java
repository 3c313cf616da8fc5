// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Promise S6: a handshake is done on a worker, and its keys are taken on the loop. If it has ended
 * for the loop in between, nobody takes them, and they are overwritten where they lay.
 */
class UntakenKeysTest {
    private final DtlsScene scene = new DtlsScene(3);
    private final List<byte[]> untaken = new ArrayList<>();

    @AfterEach
    void close() {
        scene.close();
        assertThat(scene.loop.pendingTimers()).isZero();
    }

    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void S6_keys_of_a_handshake_that_is_closed_before_they_are_taken_are_overwritten(DtlsRole role) {
        DtlsScene.End end = end(role);
        end.scheduler = new BeforeTheKeys(end) {
            @Override
            void done(Runnable takesThem) {
                end.close();
                takesThem.run();
            }
        };
        run();
        assertThat(end.told).isZero();
        assertThat(untaken).hasSize(1);
        assertThat(untaken.get(0)).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void S6_keys_of_a_handshake_that_is_too_late_by_a_step_are_overwritten(DtlsRole role) {
        DtlsScene.End end = end(role);
        end.scheduler = new BeforeTheKeys(end) {
            @Override
            void done(Runnable takesThem) {
                var unused = scene.loop.schedule(DtlsHandshake.DEADLINE, takesThem);
            }
        };
        run();
        assertThat(end.failure).isEqualTo(DtlsFailure.TIMEOUT);
        assertThat(end.keys).isNull();
        assertThat(untaken).hasSize(1);
        assertThat(untaken.get(0)).containsOnly(0);
    }

    private DtlsScene.End end(DtlsRole role) {
        return role == DtlsRole.CLIENT ? scene.client : scene.server;
    }

    private void run() {
        scene.begin();
        scene.time.advance(DtlsHandshake.DEADLINE.multipliedBy(3));
    }

    /** Looked at where it lies: nothing but the handshake itself can see it. */
    private static byte @Nullable [] exported(@Nullable DtlsHandshake handshake) {
        try {
            Field negotiation = DtlsHandshake.class.getDeclaredField("negotiation");
            Field exported = SrtpNegotiation.class.getDeclaredField("exported");
            negotiation.setAccessible(true);
            exported.setAccessible(true);
            return handshake == null ? null : (byte[]) exported.get(negotiation.get(handshake));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The loop, stopped where the keys are there and not taken. */
    private abstract class BeforeTheKeys implements Scheduler {
        private final DtlsScene.End end;

        BeforeTheKeys(DtlsScene.End end) {
            this.end = end;
        }

        abstract void done(Runnable takesThem);

        @Override
        public void execute(Runnable task) {
            scene.loop.execute(() -> {
                byte[] keys = exported(end.handshake);
                if (keys == null) {
                    task.run();
                } else {
                    assertThat(keys).as("there are keys").isNotEqualTo(new byte[keys.length]);
                    untaken.add(keys);
                    done(task);
                }
            });
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return scene.loop.schedule(delay, task);
        }

        @Override
        public long nanoTime() {
            return scene.loop.nanoTime();
        }

        @Override
        public Instant now() {
            return scene.loop.now();
        }

        @Override
        public boolean isCurrent() {
            return scene.loop.isCurrent();
        }
    }
}
