// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemoteLogTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final EngineLoop loop = new EngineLoop(time.openLoop("engine", (thread, failure) -> {
        throw new AssertionError(failure);
    }));
    private final Watched log = new Watched();
    private int read;
    private final RemoteLog remote =
            new RemoteLog(loop, Runnable::run, 10, Set::of, (deleted, calls, complete) -> read++);

    @Test
    void a_phone_system_that_tells_of_a_change_is_read_again_until_it_is_used_no_more() {
        loop.execute(() -> remote.use(log));
        time.advance(Duration.ofSeconds(1));
        assertThat(read).isEqualTo(1);
        Runnable changed = log.watcher;
        assertThat(changed).isNotNull();

        changed.run();
        assertThat(read).as("it is read on the loop").isEqualTo(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(read).isEqualTo(2);

        loop.execute(() -> remote.use(null));
        time.advance(Duration.ofSeconds(1));
        assertThat(log.watcher).isNull();
        changed.run();
        time.advance(Duration.ofSeconds(1));
        assertThat(read).as("what was heard too late").isEqualTo(2);
    }

    private static final class Watched implements RemoteCallHistory {
        private @Nullable Runnable watcher;

        @Override
        public List<RemoteCall> recent(int limit) {
            return List.of();
        }

        @Override
        public boolean deletable() {
            return false;
        }

        @Override
        public void delete(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void watch(@Nullable Runnable changed) {
            watcher = changed;
        }
    }
}
