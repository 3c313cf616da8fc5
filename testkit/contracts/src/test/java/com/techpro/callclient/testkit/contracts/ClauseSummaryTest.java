// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

class ClauseSummaryTest {
    @Test
    void the_summary_counts_passed_and_failed_clauses_once_and_explains_skips() {
        List<Map<String, String>> entries = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Adapter.class))
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .execute()
                .allEvents()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .map(ClauseSummaryTest::entry)
                .toList();

        assertThat(entries)
                .containsExactly(Map.of(
                        "required clauses", "1 passed, 1 failed",
                        "optional clauses", "1 passed, 0 failed, 1 skipped",
                        "skipped C_3_is_lacking", "without loopback, because there is no cable"));
    }

    private static Map<String, String> entry(Event event) {
        return event.getRequiredPayload(ReportEntry.class).getKeyValuePairs();
    }

    @PortContract
    private abstract static class Kit {
        @Test
        void C_1_is_required() {}

        @Test
        @OptionalClause("an answering user")
        void C_2_is_there() {
            ClauseSkips.require(true, "an answering user");
        }

        @Test
        @OptionalClause("loopback")
        void C_3_is_lacking() {
            ClauseSkips.require(false, "loopback");
        }

        @Test
        void C_4_is_required_and_skips_all_the_same() {
            ClauseSkips.require(false, "loopback");
        }
    }

    @Lacks(value = "loopback", because = "there is no cable")
    static class Adapter extends Kit {}
}
