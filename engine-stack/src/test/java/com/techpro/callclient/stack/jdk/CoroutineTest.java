// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CoroutineTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void the_two_run_in_turns() {
        Coroutine<String> coroutine = new Coroutine<>("test", self -> {
            seen.add("begun");
            seen.add(self.await());
            seen.add(self.await());
        });
        assertThat(coroutine.resume(null)).isTrue();
        seen.add("caller");
        assertThat(coroutine.resume("first")).isTrue();
        assertThat(coroutine.resume("second")).isFalse();
        assertThat(seen).containsExactly("begun", "caller", "first", "second");
        assertThat(coroutine.resume("too late")).isFalse();
    }

    @Test
    void a_body_that_is_closed_while_it_waits_is_told() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        Coroutine<String> coroutine = new Coroutine<>("test", self -> {
            try {
                self.await();
            } catch (CancellationException e) {
                told.countDown();
                throw e;
            }
        });
        coroutine.resume(null);
        coroutine.close();
        told.await();
        assertThat(coroutine.resume("nobody is there")).isFalse();
    }

    @Test
    void resume_waits_for_a_body_that_is_closed_while_it_computes() {
        Coroutine<String> coroutine = new Coroutine<>("test", self -> {
            self.close();
            self.letClockPass(20);
            seen.add("computed");
        });
        assertThat(coroutine.resume(null)).isFalse();
        assertThat(seen).containsExactly("computed");
    }

    @Test
    void one_that_was_closed_before_it_began_never_begins() {
        Coroutine<String> coroutine = new Coroutine<>("test", self -> seen.add("begun"));
        coroutine.close();
        assertThat(coroutine.resume(null)).isFalse();
        assertThat(seen).isEmpty();
    }

    @Test
    void an_interrupt_during_resume_is_kept_for_later() {
        Coroutine<String> coroutine = new Coroutine<>("test", self -> seen.add(self.await()));
        coroutine.resume(null);
        Thread.currentThread().interrupt();
        coroutine.resume("value");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).containsExactly("value");
    }
}
