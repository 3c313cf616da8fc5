// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways that are lost or never found: when another generation is offered (RFC 8445 §9), and when no more. */
class IceLossTest {
    /** The far end records and says nothing, so that no silence tells of a loss. */
    private static final String RECORDS = "a=recvonly";

    private static final String[] SEPARATE_REPORTS = {
        RECORDS, "a=rtcp:40001", "a=candidate:1 2 UDP 2130706430 " + HOST + " 40001 typ host"
    };

    /** RFC 7675 §5.1: of sound as of reports that have a port of their own. */
    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "true, true", "false, true"})
    void a_far_end_that_consents_no_more_is_offered_another_generation(boolean incoming, boolean reports) {
        try (LiteIceCall call = new LiteIceCall(7675, incoming);
                LiteIcePeer second =
                        new LiteIcePeer(call.scene.network.host(HOST), new InetSocketAddress(HOST, 40_001))) {
            Call talk = reports ? call.begin(SEPARATE_REPORTS) : call.begin(RECORDS, "a=rtcp-mux");
            call.scene.pass(Duration.ofSeconds(2));
            assertThat(call.peer.heard).isGreaterThan(80);
            (reports ? second : call.peer).answersChecks(false);
            call.scene.pass(Duration.ofSeconds(22));
            assertThat(call.laterOffers()).isEmpty();
            (reports ? second : call.peer).usernames.clear();

            call.scene.until(() -> call.laterOffers().size() == 1);
            String name = LiteIceCall.ufrag(call.laterOffers().get(0));
            assertThat(name).isNotEmpty().isNotEqualTo(LiteIceCall.ufrag(call.first()));
            assertThat(call.laterOffers().get(0).bodyLines("a=candidate:"))
                    .as("of reports only where they have a port of their own")
                    .hasSize(reports ? 2 : 1);
            call.peer.answersChecks(true);
            second.answersChecks(true);
            call.scene.pass(Duration.ofSeconds(2));
            call.peer.heard = 0;
            call.scene.pass(Duration.ofSeconds(1));
            assertThat((reports ? second : call.peer).usernames).contains(LiteIcePeer.UFRAG + ":" + name);
            assertThat(call.peer.heard).isGreaterThan(40);
            assertThat(talk.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        }
    }

    /** RFC 8445 §8.1.2, RFC 8863: after 39.5 s nothing is left to try. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_way_that_is_never_found_is_looked_for_anew_three_times_and_then_no_more(boolean incoming) {
        try (LiteIceCall call = new LiteIceCall(8863, incoming)) {
            call.peer.answersChecks(false);
            Call talk = call.begin(RECORDS, "a=rtcp-mux");
            call.scene.pass(Duration.ofSeconds(38));
            assertThat(call.laterOffers()).isEmpty();
            call.scene.pass(Duration.ofSeconds(4));
            assertThat(call.laterOffers()).hasSize(1);
            assertThat(names(call)).doesNotContain(LiteIceCall.ufrag(call.first()));
            call.scene.pass(Duration.ofSeconds(240));
            assertThat(names(call)).hasSize(3).doesNotHaveDuplicates();
            assertThat(talk.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
            assertThat(call.peer.heard).as("where nobody consented").isZero();
        }
    }

    @Test
    void a_way_that_was_found_again_is_looked_for_anew_however_often_it_is_lost() {
        try (LiteIceCall call = new LiteIceCall(7676, true)) {
            Call talk = call.begin(RECORDS, "a=rtcp-mux");
            for (int loss = 1; loss <= 5; loss++) {
                call.peer.answersChecks(true);
                call.scene.pass(Duration.ofSeconds(2));
                call.peer.answersChecks(false);
                int expected = loss;
                call.scene.until(() -> call.laterOffers().size() == expected);
            }
            assertThat(names(call)).doesNotHaveDuplicates();
            assertThat(talk.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        }
    }

    /** Consent takes half a minute to run out; nobody waits that long for a voice. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void without_received_media_three_ICE_restarts_are_offered_four_seconds_apart(boolean incoming, boolean answered) {
        try (LiteIceCall call = new LiteIceCall(4, incoming)) {
            if (!answered) {
                call.peer.answersChecks(false);
            }
            Call talk = call.begin("a=rtcp-mux");
            int offers = call.offered.size();
            Duration begun = Duration.ofNanos(call.scene.time.nanoTime());
            call.scene.until(() -> talk.snapshot().state() == CallState.ENDED);

            List<Long> seconds = call.offered.stream()
                    .skip(offers)
                    .map(at -> at.minus(begun).plusMillis(200).toSeconds())
                    .collect(Collectors.toList());
            assertThat(seconds).hasSize(3);
            assertThat(seconds.get(0)).isBetween(4L, 5L);
            assertThat(seconds.get(1) - seconds.get(0)).isBetween(4L, 5L);
            assertThat(seconds.get(2) - seconds.get(1)).isBetween(4L, 5L);
            assertThat(talk.snapshot().ending().code()).isEqualTo("media-timeout");
        }
    }

    /** Checks of a later generation are not answered: its sound comes and goes by the first. */
    @Test
    void silence_that_sound_broke_is_counted_from_its_own_beginning() {
        try (LiteIceCall call = new LiteIceCall(5, true)) {
            Call talk = call.begin("a=rtcp-mux");
            call.scene.pass(Duration.ofSeconds(1));
            call.peer.onlyFrom(call.peer.usernames.get(0));
            for (int silence = 1; silence <= 2; silence++) {
                for (int i = 0; i < 100; i++) {
                    call.peer.speak();
                    call.scene.pass(Duration.ofMillis(20));
                }
                assertThat(call.laterOffers()).hasSize(silence - 1);
                call.scene.pass(Duration.ofMillis(5_500));
                assertThat(call.laterOffers()).hasSize(silence);
            }
            assertThat(talk.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        }
    }

    private static List<String> names(LiteIceCall call) {
        return call.laterOffers().stream().map(LiteIceCall::ufrag).collect(Collectors.toList());
    }
}
