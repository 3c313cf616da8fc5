// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls whose pace somebody else sets, at an embedded PBX. */
class LoadCallTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration RINGING = Duration.ofMillis(300);
    /** Microphone and speaker of one call. */
    private static final int STREAMS = 2;

    private final RunEnvironment environment = RunEnvironment.open();
    private EmbeddedPbx pbx;
    private LoadUser user;
    private LoadAccount account;

    @BeforeEach
    void start() throws IOException, StepFailedException {
        pbx = EmbeddedPbx.builder().extensions("1001", "1002").start();
        user = new LoadUser(environment, SpeechClip.builtIn(), SpeechLimits.CLEAN);
        account = register("1001");
    }

    @AfterEach
    void stop() {
        user.close();
        pbx.close();
        environment.close();
    }

    private LoadAccount register(String extension) throws StepFailedException {
        return user.register(pbx.account(extension).build(), MediaChoice.PLAIN, LIMIT);
    }

    @Test
    void a_call_without_sound_costs_no_sound_card() throws StepFailedException {
        LoadCall silent = account.dialWithoutSound("600");
        silent.awaitAnswered();
        LoadCall other = account.dial("600");
        other.awaitTalking();

        // The devices of the call that was answered first would be open first.
        Await.until(
                "microphone and speaker of the other call are open",
                () -> environment.clock().openStreams() >= STREAMS);
        other.last("talking", RINGING);
        assertThat(environment.clock().openStreams()).isEqualTo(STREAMS);

        silent.hangUp();
        other.hangUp();
    }

    @Test
    void the_time_it_rings_is_a_part_of_the_set_up_that_is_known() throws StepFailedException {
        LoadAccount callee = register("1002");

        LoadCall call = account.dialWithoutSound("1002");
        call.last("ringing", RINGING);
        LoadCall answered = callee.answer(LIMIT);
        Duration setUp = call.awaitAnswered();

        assertThat(call.rang()).isPositive().isLessThan(setUp);
        assertThat(setUp).isGreaterThanOrEqualTo(RINGING);
        assertThat(setUp.minus(call.rang())).isEqualTo(call.firstAnswer());
        answered.hangUp();
        call.awaitOver();
    }
}
