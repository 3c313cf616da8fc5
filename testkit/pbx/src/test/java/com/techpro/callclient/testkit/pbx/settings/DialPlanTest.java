// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.pbx.settings.DialPlan.Destination;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DialPlanTest {
    private final DialPlan plan = new DialPlan(List.of("1001", "1002"), Map.of("2000", List.of("1001", "1002")), true);

    @Test
    void every_number_of_the_table_leads_where_it_says() {
        assertThat(plan.destination("1001")).isEqualTo(new Destination.Ring(List.of("1001")));
        assertThat(plan.destination("2000")).isEqualTo(new Destination.Ring(List.of("1001", "1002")));
        assertThat(plan.destination("600")).isEqualTo(new Destination.Echo());
        assertThat(plan.destination("601")).isEqualTo(new Destination.Tone(440));
        assertThat(plan.destination("602")).isEqualTo(new Destination.Refusal(486));
        assertThat(plan.destination("603")).isEqualTo(new Destination.RingsForEver());
        assertThat(plan.destination("604")).isEqualTo(new Destination.Refusal(603));
        assertThat(plan.destination("8000")).isEqualTo(new Destination.Room("8000"));
        assertThat(plan.destination("8001")).isEqualTo(new Destination.Room("8001"));
        assertThat(plan.destination("8002")).isEqualTo(new Destination.Room("8002"));
        assertThat(plan.destination("factory")).isEqualTo(new Destination.NewRoom());
        assertThat(plan.destination("*97")).isEqualTo(new Destination.HearMessages());
        assertThat(plan.destination("*1002")).isEqualTo(new Destination.LeaveMessage("1002"));
        assertThat(plan.destination("999")).isEqualTo(new Destination.Refusal(404));
    }

    @Test
    void without_voicemail_its_numbers_lead_nowhere() {
        DialPlan silent = new DialPlan(List.of("1001"), Map.of(), false);

        assertThat(silent.destination("*97")).isEqualTo(new Destination.Refusal(404));
        assertThat(silent.destination("*1001")).isEqualTo(new Destination.Refusal(404));
    }

    @Test
    void a_number_with_two_meanings_is_refused_at_once() {
        assertThatThrownBy(() -> new DialPlan(List.of("600"), Map.of(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("600");
    }
}
