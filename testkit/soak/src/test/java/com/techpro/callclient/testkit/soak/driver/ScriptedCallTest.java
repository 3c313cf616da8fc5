// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedCallTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final List<Throwable> failures = new ArrayList<>();
    private final Loop soak = time.openLoop("soak", (thread, failure) -> failures.add(failure));
    private final AudioClock sound = new AudioClock(time.openLoop("soak-audio"));
    private final List<String> said = new ArrayList<>();

    private interface Script {
        void run() throws StepFailedException;
    }

    private final class Call extends ScriptedCall {
        private final Script script;

        Call(Script script) {
            super(new Shared(soak, sound, (call, of) -> {}, over -> said.add(over.problem())));
            this.script = script;
        }

        @Override
        protected void script() throws StepFailedException {
            script.run();
        }

        @Override
        protected void ended() {
            said.add("ended");
        }
    }

    private void run(Script script) {
        soak.execute(new Call(script)::start);
        time.advance(Duration.ofSeconds(1));
        sound.close();
    }

    @Test
    void a_step_that_fails_is_the_problem_of_its_call() {
        run(() -> {
            throw new StepFailedException("stuck-holding", "not within 12 s");
        });

        assertThat(said).containsExactly("stuck-holding", "ended");
        assertThat(failures).isEmpty();
    }

    @Test
    void a_script_that_throws_is_the_problem_of_its_call_and_the_loop_is_told_why() {
        run(() -> {
            throw new IllegalStateException("broken");
        });

        assertThat(said).containsExactly("script-failed", "ended");
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }
}
