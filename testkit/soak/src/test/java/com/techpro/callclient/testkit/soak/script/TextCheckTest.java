// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.run.WatchedCalls;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.MediaChoice.Path;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of the soak: what is lost, comes twice, late, or changed is counted. */
class TextCheckTest {
    private static final String RECEIVED = "texts received, once, in order and unchanged";
    private static final String TOLD = "texts reported to their sender as delivered";

    private final TextCheck texts = new TextCheck(Seeds.random(1));

    private List<String> red() {
        return texts.gates().stream()
                .filter(gate -> !gate.green())
                .map(Gate::title)
                .toList();
    }

    private void send(String... all) {
        for (String text : all) {
            texts.sent("1001", "1002", text);
        }
    }

    private void delivered(int count) {
        for (int i = 0; i < count; i++) {
            texts.told(new MessageOutcome.Delivered("id" + i));
        }
    }

    private void receive(String... all) {
        for (String text : all) {
            texts.received("1001", "1002", text);
        }
    }

    @Test
    void texts_that_arrive_as_they_were_sent_hold_the_gates() {
        send("one", "two");
        receive("one", "two");
        delivered(2);
        assertThat(texts.isSettled()).isTrue();
        assertThat(red()).isEmpty();
    }

    /** Of a known one, and where something else is wrong too, each stays red. */
    @ParameterizedTest
    @CsvSource({"true, 202, RED", "false, 202, NOT_JUDGED", "false, 404, RED", "false, delivered, RED"})
    void a_phone_system_that_only_accepts_texts_is_not_judged_by_receipts(
            boolean relays, String second, Gate.Verdict expected) {
        send("one", "two");
        receive("one", "two");
        texts.told(new MessageOutcome.Accepted("id"));
        texts.told(
                switch (second) {
                    case "202" -> new MessageOutcome.Accepted("id2");
                    case "404" -> new MessageOutcome.Failed("id2", new Failure.TooManyCalls());
                    default -> new MessageOutcome.Delivered("id2");
                });
        assertThat(texts.gates(relays)).extracting(Gate::verdict).containsExactly(Gate.Verdict.HOLDS, expected);
    }

    @Test
    void without_a_text_there_is_nothing_to_hold() {
        assertThat(red()).containsExactly(RECEIVED, TOLD);
    }

    @Test
    void one_that_is_lost_is_red() {
        send("one", "two");
        receive("one");
        delivered(2);
        assertThat(texts.isSettled()).isFalse();
        assertThat(red()).containsExactly(RECEIVED);
    }

    @Test
    void those_after_one_that_is_lost_are_right() {
        send("one", "two", "three");
        receive("two", "three");
        delivered(3);
        assertThat(texts.figures().arrived()).isEqualTo(2);
        assertThat(texts.figures().wrong()).isZero();
        assertThat(red()).containsExactly(RECEIVED);
    }

    @Test
    void one_that_comes_twice_is_red() {
        send("one", "two");
        receive("one", "two", "two");
        delivered(2);
        assertThat(red()).containsExactly(RECEIVED);
    }

    @Test
    void one_that_overtakes_another_is_red() {
        send("one", "two");
        receive("two", "one");
        delivered(2);
        assertThat(red()).containsExactly(RECEIVED);
    }

    @Test
    void one_that_was_changed_or_went_to_another_is_red() {
        send("one");
        texts.received("1001", "1003", "one");
        receive("one!");
        delivered(1);
        assertThat(texts.figures().wrong()).isEqualTo(2);
        assertThat(red()).containsExactly(RECEIVED);
    }

    @Test
    void a_text_with_a_missing_or_wrong_outcome_at_its_sender_is_red() {
        send("one", "two");
        receive("one", "two");
        delivered(1);
        assertThat(red()).containsExactly(TOLD);
        texts.told(new MessageOutcome.Failed("id", new Failure.TooManyCalls()));
        assertThat(red()).containsExactly(TOLD);
        assertThat(texts.figures().failuresByReason()).hasSize(1);
    }

    /** What went after it was sent and told of as it should be. */
    @Test
    void one_that_never_came_as_its_sender_knows_is_one_red_gate() {
        send("one", "two", "three");
        receive("one", "three");
        delivered(2);
        texts.told("1001", "1002", "two", new MessageOutcome.Failed("id", new Failure.TooManyCalls()));
        assertThat(texts.gates()).extracting(Gate::verdict).containsExactly(Gate.Verdict.RED, Gate.Verdict.NOT_JUDGED);
        assertThat(texts.gates().get(1).note()).isEqualTo("see texts-received");
    }

    @Test
    void a_text_received_but_reported_as_failed_is_red_beside_a_lost_one() {
        send("one", "two");
        receive("two");
        delivered(1);
        texts.told("1001", "1002", "two", new MessageOutcome.Failed("id", new Failure.TooManyCalls()));
        assertThat(texts.gates()).extracting(Gate::verdict).containsOnly(Gate.Verdict.RED);
    }

    @Test
    void the_parties_of_a_call_exchange_texts() throws IOException {
        MediaChoice plain = new MediaChoice(List.of("pcmu"), KeyingPolicy.SDES_ONLY, Path.WITHOUT_ICE);
        try (WatchedCalls calls = new WatchedCalls(8, plain, plain)) {
            calls.watchAndListen();
            for (int i = 0; i < 3; i++) {
                assertThat(calls.call().problem()).isNull();
            }
            assertThat(calls.texts.figures().sent()).isEqualTo(24);
            assertThat(calls.texts.gates()).allMatch(Gate::green);
        }
    }
}
