// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a list keeps at most, whatever either side names. */
class CheckListTest {
    private final CheckList list = new CheckList(IceCredentials.random(Seeds.random(16)));

    private static IceCandidate here(int number) {
        return IceCandidate.host(1, IceAgentTest.at("192.0.2.1", 4000 + number), number);
    }

    private static IceCandidate there(int number) {
        return IceCandidate.host(1, IceAgentTest.at("192.0.2.2", 5000 + number), number);
    }

    @Test
    void more_local_candidates_than_sixteen_are_not_kept_but_a_known_one_is_known() {
        for (int i = 0; i < CheckList.MAX_LOCAL; i++) {
            assertThat(list.addLocal(here(i))).isTrue();
        }

        assertThat(list.addLocal(here(99))).isFalse();
        assertThat(list.addLocal(here(3))).isTrue();
        assertThat(list.locals).hasSize(16);
    }

    @Test
    void more_remote_candidates_than_thirty_two_are_not_kept_but_a_known_one_is_known() {
        for (int i = 0; i < CheckList.MAX_REMOTE; i++) {
            assertThat(list.addRemote(there(i))).isTrue();
        }

        assertThat(list.addRemote(there(99))).isFalse();
        assertThat(list.addRemote(there(3))).isTrue();
        assertThat(list.remotes).hasSize(32);
    }

    /** RFC 8445 §6.1.2.5: of more than a hundred pairs the worst are dropped. */
    @Test
    void of_a_hundred_pairs_the_worst_makes_room_for_a_better_one_and_for_no_worse_one() {
        for (int i = 0; i < CheckList.MAX_PAIRS; i++) {
            assertThat(list.pair(here(i % 10 + 1), there(i + 1), true)).isNotNull();
        }
        CandidatePair worst = list.pairs().get(CheckList.MAX_PAIRS - 1);

        assertThat(list.pair(here(0), there(0), true)).isNull();
        CandidatePair better = list.pair(here(200), there(200), true);

        assertThat(list.pairs()).hasSize(100).contains(better).doesNotContain(worst);
    }

    /** RFC 8445 §6.1.2.2: of one family, and link-local addresses among themselves. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.2, true",
        "192.0.2.1, 2001:db8::2, false",
        "2001:db8::1, 192.0.2.2, false",
        "2001:db8::1, 2001:db8::2, true",
        "fe80::1, fe80::2, true",
        "fe80::1, 2001:db8::2, false",
        "2001:db8::1, fe80::2, false",
        "169.254.0.1, 192.0.2.2, false",
    })
    void two_candidates_are_a_pair(String local, String remote, boolean pair) {
        IceCandidate here = IceCandidate.host(1, IceAgentTest.at(local, 4000), 1);
        InetSocketAddress there = IceAgentTest.at(remote, 5000);

        assertThat(CheckList.match(here, IceCandidate.host(1, there, 1))).isEqualTo(pair);
        assertThat(CheckList.match(here, IceCandidate.host(2, there, 1)))
                .as("of another component")
                .isFalse();
        IceCandidate reflexive = IceCandidate.serverReflexive(1, there, here.base(), there, 1);
        assertThat(CheckList.match(reflexive, IceCandidate.host(1, there, 1)))
                .as("its base is")
                .isFalse();
    }

    @Test
    void a_pair_that_was_chosen_or_is_being_tried_makes_no_room() {
        for (int i = 0; i < CheckList.MAX_PAIRS; i++) {
            CandidatePair pair = list.pair(here(i % 10 + 1), there(i + 1), true);
            pair.state = CandidatePair.State.IN_PROGRESS;
        }

        assertThat(list.pair(here(200), there(200), true)).isNull();
    }
}
