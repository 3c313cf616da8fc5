// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every state and input of the four machines against the figures of RFC 3261 (5 to 8) and RFC 6026 (§7), written down here as
 * {@code STATE + INPUT > NEXT : EFFECTS}. A pair that is not written down must change nothing.
 */
class TransitionTablesTest {
    private static final String INVITE_CLIENT = """
            CALLING + START > CALLING : START_A START_B SEND_INVITE
            CALLING + TIMER_A > CALLING : DOUBLE_A SEND_INVITE
            CALLING + TIMER_B > TERMINATED : TELL_TIMEOUT
            CALLING + TRANSPORT_ERROR > TERMINATED : TELL_TRANSPORT_ERROR
            CALLING + PROVISIONAL > PROCEEDING : STOP_TIMERS PASS_UP
            CALLING + SUCCESS > ACCEPTED : STOP_TIMERS START_M PASS_UP
            CALLING + FAILURE > COMPLETED : STOP_TIMERS SEND_ACK PASS_UP START_D
            PROCEEDING + PROVISIONAL > PROCEEDING : PASS_UP
            PROCEEDING + SUCCESS > ACCEPTED : STOP_TIMERS START_M PASS_UP
            PROCEEDING + FAILURE > COMPLETED : STOP_TIMERS SEND_ACK PASS_UP START_D
            PROCEEDING + CANCEL_SENT > PROCEEDING : START_CANCEL
            PROCEEDING + TIMER_CANCEL > TERMINATED : TELL_TIMEOUT
            PROCEEDING + TRANSPORT_ERROR > TERMINATED : TELL_TRANSPORT_ERROR
            COMPLETED + FAILURE > COMPLETED : SEND_ACK
            COMPLETED + TIMER_D > TERMINATED :
            COMPLETED + TRANSPORT_ERROR > TERMINATED :
            ACCEPTED + SUCCESS > ACCEPTED : PASS_UP
            ACCEPTED + TIMER_M > TERMINATED :
            ACCEPTED + TRANSPORT_ERROR > TERMINATED :
            """;

    private static final String CLIENT = """
            TRYING + START > TRYING : START_E START_F SEND_REQUEST
            TRYING + TIMER_E > TRYING : DOUBLE_E SEND_REQUEST
            TRYING + TIMER_F > TERMINATED : TELL_TIMEOUT
            TRYING + TRANSPORT_ERROR > TERMINATED : TELL_TRANSPORT_ERROR
            TRYING + PROVISIONAL > PROCEEDING : PASS_UP
            TRYING + FINAL > COMPLETED : STOP_TIMERS PASS_UP START_K
            PROCEEDING + TIMER_E > PROCEEDING : E_IS_T2 SEND_REQUEST
            PROCEEDING + TIMER_F > TERMINATED : TELL_TIMEOUT
            PROCEEDING + TRANSPORT_ERROR > TERMINATED : TELL_TRANSPORT_ERROR
            PROCEEDING + PROVISIONAL > PROCEEDING : PASS_UP
            PROCEEDING + FINAL > COMPLETED : STOP_TIMERS PASS_UP START_K
            COMPLETED + TIMER_K > TERMINATED :
            COMPLETED + TRANSPORT_ERROR > TERMINATED :
            """;

    private static final String INVITE_SERVER = """
            PROCEEDING + START > PROCEEDING : START_TRYING
            PROCEEDING + TIMER_TRYING > PROCEEDING : SEND_TRYING
            PROCEEDING + INVITE > PROCEEDING : SEND_AGAIN
            PROCEEDING + PROVISIONAL > PROCEEDING : STOP_TIMERS SEND
            PROCEEDING + SUCCESS > ACCEPTED : STOP_TIMERS START_L SEND
            PROCEEDING + FAILURE > COMPLETED : STOP_TIMERS START_G START_H SEND
            PROCEEDING + TRANSPORT_ERROR > PROCEEDING : TELL_TRANSPORT_ERROR
            ACCEPTED + SUCCESS > ACCEPTED : SEND
            ACCEPTED + ACK > ACCEPTED : PASS_ACK_UP
            ACCEPTED + TIMER_L > TERMINATED :
            COMPLETED + INVITE > COMPLETED : SEND_AGAIN
            COMPLETED + TIMER_G > COMPLETED : DOUBLE_G SEND_AGAIN
            COMPLETED + TIMER_H > TERMINATED :
            COMPLETED + ACK > CONFIRMED : STOP_TIMERS START_I
            CONFIRMED + TIMER_I > TERMINATED :
            """;

    private static final String SERVER = """
            TRYING + PROVISIONAL > PROCEEDING : SEND
            TRYING + FINAL > COMPLETED : SEND START_J
            TRYING + TRANSPORT_ERROR > TERMINATED : TELL_TRANSPORT_ERROR
            PROCEEDING + REQUEST > PROCEEDING : SEND_AGAIN
            PROCEEDING + PROVISIONAL > PROCEEDING : SEND
            PROCEEDING + FINAL > COMPLETED : SEND START_J
            PROCEEDING + TRANSPORT_ERROR > TERMINATED : TELL_TRANSPORT_ERROR
            COMPLETED + REQUEST > COMPLETED : SEND_AGAIN
            COMPLETED + TIMER_J > TERMINATED :
            COMPLETED + TRANSPORT_ERROR > TERMINATED :
            """;

    record Machine(String name, List<String> pairs, Map<String, String> actual, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Machine> machines() {
        return Stream.of(
                machine(
                        "INVITE client",
                        InviteClientTransaction.TABLE,
                        InviteClientTransaction.State.values(),
                        InviteClientTransaction.Input.values(),
                        INVITE_CLIENT),
                machine(
                        "client",
                        ClientTransaction.TABLE,
                        ClientTransaction.State.values(),
                        ClientTransaction.Input.values(),
                        CLIENT),
                machine(
                        "INVITE server",
                        InviteServerTransaction.TABLE,
                        InviteServerTransaction.State.values(),
                        InviteServerTransaction.Input.values(),
                        INVITE_SERVER),
                machine(
                        "server",
                        ServerTransaction.TABLE,
                        ServerTransaction.State.values(),
                        ServerTransaction.Input.values(),
                        SERVER));
    }

    private static <S extends Enum<S>, I extends Enum<I>, E> Machine machine(
            String name, TransitionTable<S, I, E> table, S[] states, I[] inputs, String expected) {
        List<String> pairs = new ArrayList<>();
        Map<String, String> actual = new HashMap<>();
        for (S state : states) {
            for (I input : inputs) {
                TransitionTable.Step<S, E> step = table.step(state, input);
                StringBuilder outcome = new StringBuilder(step.next() + " :");
                step.effects().forEach(effect -> outcome.append(' ').append(effect));
                pairs.add(state + " + " + input);
                actual.put(state + " + " + input, outcome.toString());
            }
        }
        return new Machine(name, pairs, actual, expected);
    }

    @ParameterizedTest
    @MethodSource("machines")
    void every_pair_follows_the_diagrams_of_the_rfc(Machine machine) {
        Map<String, String> expected = new HashMap<>();
        for (String pair : machine.pairs()) {
            expected.put(pair, pair.substring(0, pair.indexOf(' ')) + " :");
        }
        machine.expected().lines().forEach(line -> {
            String[] sides = line.split(" > ");
            assertThat(machine.pairs()).contains(sides[0]);
            expected.put(sides[0], sides[1]);
        });

        assertThat(machine.actual()).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @ParameterizedTest
    @MethodSource("machines")
    void nothing_leaves_the_last_state(Machine machine) {
        assertThat(machine.actual().entrySet())
                .filteredOn(entry -> entry.getKey().startsWith("TERMINATED"))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.getValue()).isEqualTo("TERMINATED :"));
    }
}
