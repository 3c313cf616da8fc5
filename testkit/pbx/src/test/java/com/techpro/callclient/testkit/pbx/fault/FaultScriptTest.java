// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.fault.FaultScript.Way;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultScriptTest {
    private final FaultScript script = new FaultScript(new MediaFaults(Seeds.random(1)));

    @Test
    void without_rules_nothing_goes_wrong() {
        assertThat(script.next(Way.REQUEST_IN, "REGISTER", "1001", 0)).isNull();
        assertThat(script.fired()).isZero();
    }

    @Test
    void a_rule_is_for_its_direction_method_extension_and_status_alone() {
        script.onResponse("INVITE").from("1001").status(200).drop();

        assertThat(script.next(Way.RESPONSE_OUT, "INVITE", "1001", 180)).isNull();
        assertThat(script.next(Way.RESPONSE_OUT, "INVITE", "1002", 200)).isNull();
        assertThat(script.next(Way.RESPONSE_OUT, "BYE", "1001", 200)).isNull();
        assertThat(script.next(Way.RESPONSE_IN, "INVITE", "1001", 200)).isNull();
        assertThat(script.next(Way.RESPONSE_OUT, "INVITE", "1001", 200)).isInstanceOf(Fault.Drop.class);
    }

    @Test
    void the_first_ones_can_be_spared_and_the_number_limited() {
        script.onRequest("REGISTER").skip(1).times(2).unavailable(Duration.ofSeconds(30));

        assertThat(script.next(Way.REQUEST_IN, "REGISTER", "1001", 0)).isNull();
        Fault second = script.next(Way.REQUEST_IN, "REGISTER", "1001", 0);
        assertThat(second).isInstanceOf(Fault.Answer.class);
        assertThat(((Fault.Answer) second).headers()).containsEntry("Retry-After", "30");
        assertThat(script.next(Way.REQUEST_IN, "REGISTER", "1001", 0)).isEqualTo(second);
        assertThat(script.next(Way.REQUEST_IN, "REGISTER", "1001", 0)).isNull();
        assertThat(script.fired()).isEqualTo(2);
    }

    @Test
    void a_rule_that_is_used_up_lets_the_next_one_work() {
        script.onRequest("INVITE").times(1).drop();
        script.onRequest("INVITE").times(1).duplicate();

        assertThat(script.next(Way.REQUEST_IN, "INVITE", null, 0)).isInstanceOf(Fault.Drop.class);
        assertThat(script.next(Way.REQUEST_IN, "INVITE", null, 0)).isInstanceOf(Fault.Duplicate.class);
    }

    @Test
    void only_requests_of_devices_can_be_answered_in_place_of_the_pbx() {
        FaultScript.Rule rule = script.onOutgoing("INVITE");

        assertThatThrownBy(() -> rule.answer(500)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void media_is_lost_in_the_share_asked_for() {
        MediaFaults media = script.media();
        media.loseShare(0.25);

        int lost = 0;
        for (int i = 0; i < 10_000; i++) {
            lost += media.loses() ? 1 : 0;
        }

        assertThat(lost).isBetween(2300, 2700);
    }
}
