// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.gate.Gate.Verdict;
import com.techpro.callclient.testkit.soak.statistics.AppUserChecks.Check;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which gates of users with an app are red, and why. */
class AppUserChecksTest {
    private static final int USERS = 4;

    private final AppUserChecks checks = new AppUserChecks();

    private void pass(Check check, int users) {
        for (int user = 0; user < users; user++) {
            checks.check(check, user, true, "");
        }
    }

    private List<String> of(Verdict verdict) {
        return checks.gates(USERS, false).stream()
                .filter(gate -> gate.verdict() == verdict)
                .map(Gate::id)
                .toList();
    }

    private Gate gate(String id) {
        return checks.gates(USERS, false).stream()
                .filter(gate -> gate.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Two of four come to nothing more. */
    @Test
    void a_broken_pair_turns_only_one_gate_red() {
        for (Check check : Check.values()) {
            pass(check, check == Check.LOGGED_IN || check == Check.CALLS ? USERS : 2);
        }
        checks.broken("#2 or #3: no answer within 30 s");

        assertThat(of(Verdict.RED)).containsExactly("app-users-message-heard");
        assertThat(gate("app-users-message-heard").note()).isEqualTo("#2 or #3: no answer within 30 s");
        assertThat(of(Verdict.HOLDS)).containsExactly("app-users-logged-in", "app-users-calls");
        assertThat(of(Verdict.NOT_JUDGED)).hasSize(8);
        assertThat(gate("app-users-erased").note()).isEqualTo("not tried after app-users-message-heard");
    }

    @Test
    void failures_found_earlier_stay_red() {
        pass(Check.LOGGED_IN, USERS);
        checks.check(Check.CALLS, 0, false, "another outcome");
        checks.check(Check.ERASED, 1, false, "12 bytes");
        checks.broken("#2 or #3: no answer within 30 s");

        assertThat(of(Verdict.RED)).containsExactly("app-users-calls", "app-users-message-heard", "app-users-erased");
        assertThat(gate("app-users-calls").note()).isEqualTo("#0: another outcome");
        assertThat(gate("app-users-message-heard").note()).isEqualTo("#2 or #3: no answer within 30 s");
        assertThat(gate("app-users-erased").note()).isEqualTo("#1: 12 bytes");
    }

    @Test
    void where_each_gate_has_a_problem_the_first_of_them_tells_it() {
        for (Check check : Check.values()) {
            checks.check(check, 0, false, "wrong");
        }
        checks.broken("#2 or #3: no answer within 30 s");

        assertThat(of(Verdict.RED)).hasSize(Check.values().length);
        assertThat(gate("app-users-logged-in").note()).isEqualTo("#0: wrong; #2 or #3: no answer within 30 s");
        assertThat(gate("app-users-calls").note()).isEqualTo("#0: wrong");
    }

    @Test
    void an_unreached_check_without_a_reason_is_red() {
        pass(Check.LOGGED_IN, USERS);

        assertThat(of(Verdict.RED)).hasSize(10);
        assertThat(gate("app-users-calls").note()).isEqualTo("not reached");
    }
}
