// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A script in turns with a loop, in virtual time. */
class CoroutineScriptTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final List<Throwable> failures = new ArrayList<>();
    private final Loop loop = time.openLoop("soak", (thread, failure) -> failures.add(failure));
    private final List<String> said = new ArrayList<>();
    private boolean rings;

    private CoroutineScript script(Script body) {
        AtomicReference<CoroutineScript> turns = new AtomicReference<>();
        turns.set(new CoroutineScript(loop, () -> body.run(turns.get()), () -> say("over")));
        loop.execute(turns.get()::start);
        return turns.get();
    }

    private interface Script {
        void run(CoroutineScript turns);
    }

    private void say(String what) {
        said.add(time.elapsed().toMillis() + " " + what);
    }

    @Test
    void a_script_goes_on_when_its_condition_holds_or_its_limit_passes() {
        CoroutineScript turns = script(self -> {
            say("rings " + self.until(() -> rings, Duration.ofSeconds(2)));
            say("again " + self.until(() -> !rings, Duration.ofSeconds(2)));
            say("already " + self.until(() -> rings, Duration.ofSeconds(2)));
        });
        time.advance(Duration.ofMillis(500));
        loop.execute(() -> {
            rings = true;
            turns.look();
        });
        time.advance(Duration.ofSeconds(5));

        assertThat(said).containsExactly("500 rings true", "2500 again false", "2500 already true", "2500 over");
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void a_script_that_throws_is_over_and_the_loop_is_told_why() {
        script(self -> {
            throw new IllegalStateException("broken");
        });
        time.advance(Duration.ofSeconds(1));

        assertThat(said).containsExactly("0 over");
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_error_in_a_script_reaches_the_loop_too() {
        script(self -> {
            throw new AssertionError("broken");
        });

        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(1))).hasMessage("broken");
        assertThat(said).containsExactly("0 over");
    }

    @Test
    void a_script_that_is_over_is_not_resumed() {
        CoroutineScript turns = script(self -> say("begun"));
        time.advance(Duration.ofSeconds(1));
        loop.execute(turns::look);
        time.advance(Duration.ofSeconds(1));

        assertThat(said).containsExactly("0 begun", "0 over");
    }
}
