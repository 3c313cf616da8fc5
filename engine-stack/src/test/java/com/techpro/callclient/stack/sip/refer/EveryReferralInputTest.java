// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.refer;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.refer.ReferralMachine.ReferralInput;
import com.techpro.callclient.stack.sip.refer.ReferralMachine.ReferralPhase;
import com.techpro.callclient.stack.sip.refer.ReferralMachine.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A referral in each of its phases, whatever comes (RFC 3515 §2.4, RFC 4488). A pair that is not written down must change nothing. */
class EveryReferralInputTest {
    private static final String TABLE = """
            SENT + 202 > ACCEPTED, 32 s
            SENT + 202 without notifications > OVER : Accepted
            SENT + refused > OVER : Failed
            SENT + notified 100 > PROGRESSING, 190 s
            SENT + notified 200 > OVER : Done
            SENT + notified 486 > OVER : Failed
            SENT + notified nothing, the last > OVER : Accepted
            SENT + timer > OVER : Accepted

            ACCEPTED + notified 100 > PROGRESSING, 190 s
            ACCEPTED + notified 200 > OVER : Done
            ACCEPTED + notified 486 > OVER : Failed
            ACCEPTED + notified nothing, the last > OVER : Accepted
            ACCEPTED + timer > OVER : Accepted

            PROGRESSING + notified 200 > OVER : Done
            PROGRESSING + notified 486 > OVER : Failed
            PROGRESSING + notified nothing, the last > OVER : Accepted
            PROGRESSING + timer > OVER : Failed
            """;

    private static Map<String, ReferralInput> inputs() {
        Map<String, ReferralInput> inputs = new LinkedHashMap<>();
        inputs.put("202", new ReferralInput.Accepted(true));
        inputs.put("202 without notifications", new ReferralInput.Accepted(false));
        inputs.put("refused", new ReferralInput.Refused(new Failure.Forbidden()));
        inputs.put("notified 100", new ReferralInput.Notified(100, null, false));
        inputs.put("notified 200", new ReferralInput.Notified(200, null, true));
        inputs.put("notified 486", new ReferralInput.Notified(486, new Failure.Rejected(486), true));
        inputs.put("notified nothing, the last", new ReferralInput.Notified(0, null, true));
        inputs.put("timer", new ReferralInput.TimerFired());
        return inputs;
    }

    private static String shown(Step step) {
        Duration timeout = step.timeout();
        ReferralOutcome outcome = step.outcome();
        return step.phase()
                + (timeout == null ? "" : ", " + timeout.toSeconds() + " s")
                + (outcome == null ? "" : " : " + outcome.getClass().getSimpleName());
    }

    @Test
    void each_phase_handles_each_input_as_listed_in_the_table() {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        for (ReferralPhase phase : ReferralPhase.values()) {
            inputs().forEach((input, what) -> {
                expected.put(phase + " + " + input, phase.name());
                actual.put(phase + " + " + input, shown(ReferralMachine.next(phase, what)));
            });
        }
        TABLE.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] sides = line.split(" > ");
            assertThat(expected.put(sides[0], sides[1])).as(line).isEqualTo(sides[0].split(" \\+ ")[0]);
        });

        assertThat(actual).containsOnlyKeys(expected.keySet());
        actual.forEach((pair, outcome) -> assertThat(outcome).as(pair).isEqualTo(expected.get(pair)));
    }
}
