// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.EndMedia;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.MediaChoice.Path;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole calls of the soak, with the real engine and the embedded PBX, judged as in the main job, in each codec, with each keying, by each way. */
@Tag("slow")
class JudgedCallsTest {
    private static final int CALLS = 3;
    private static final int PACKET_MILLIS = 20;

    @ParameterizedTest
    @CsvSource({
        "pcmu, SDES_ONLY, WITHOUT_ICE",
        "pcma, DTLS_ONLY, ICE",
        "g722, SDES_ONLY, ICE_WHEN_OFFERED",
        "g722, DTLS_ONLY, ICE",
        "opus, SDES_ONLY, ICE",
        "opus, DTLS_ONLY, ICE",
        "opus, PREFER_SDES, WITHOUT_ICE"
    })
    void each_word_is_heard_at_both_ends(String codec, KeyingPolicy keying, Path path) throws IOException {
        MediaChoice choice = new MediaChoice(List.of(codec), keying, path);
        List<CallResult> records = new ArrayList<>();
        try (WatchedCalls calls = new WatchedCalls(7, choice, choice)) {
            for (int i = 0; i < CALLS; i++) {
                records.add(calls.call());
            }
        }
        assertThat(records).allSatisfy(call -> {
            assertThat(call.problem()).isNull();
            assertThat(call.heard()).as(call.toString()).hasSize(2).allMatch(SpeechVerdict::verified);
            assertThat(call.holdFault(SoakPhoneSystem.OnHold.SILENCE)).isNull();
            assertThat(call.keysArrived()).isEqualTo(call.keysPressed());
            assertThat(call.media()).hasSize(2).allSatisfy(media -> {
                assertThat(media.codec()).isEqualToIgnoringCase(codec);
                assertThat(media.isOf(choice)).isTrue();
                assertThat(media.path()).isEqualTo(path);
            });
            assertThat(call.media())
                    .extracting(EndMedia::keying)
                    .containsOnly(keying == KeyingPolicy.DTLS_ONLY ? MediaKeying.DTLS : MediaKeying.SDES);
        });
    }

    /** Towards half of its extensions the soak's PBX behaves so. */
    @ParameterizedTest
    @CsvSource({"pcmu, MUSIC", "g722, UNTOLD", "opus, UNTOLD"})
    void so_it_is_where_a_phone_system_behaves_as_those_in_the_field(String codec, SoakPhoneSystem.OnHold held)
            throws IOException {
        FieldBehaviour[] field =
                EnumSet.complementOf(EnumSet.of(FieldBehaviour.DIRECT_MEDIA)).toArray(FieldBehaviour[]::new);
        MediaChoice caller = new MediaChoice(List.of(codec, "pcma"), KeyingPolicy.SDES_ONLY, Path.ICE);
        MediaChoice callee = new MediaChoice(List.of(codec, "pcma"), KeyingPolicy.DTLS_ONLY, Path.ICE_WHEN_OFFERED);
        try (WatchedCalls calls = new WatchedCalls(11, caller, callee, field)) {
            CallResult call = calls.call(held);
            assertThat(call.problem()).isNull();
            assertThat(call.heard()).as(call.toString()).hasSize(2).allMatch(SpeechVerdict::verified);
            assertThat(call.holdFault(held)).as(call.toString()).isNull();
            assertThat(call.keysArrived()).isEqualTo(call.keysPressed());
            assertThat(call.media()).extracting(EndMedia::keying).containsExactly(MediaKeying.DTLS, MediaKeying.SDES);
        }
    }

    /** The phone system's re-INVITE follows its 200, while the handshake is under way, and says that another one is due. */
    @Test
    void keys_that_are_forgotten_in_mid_handshake_are_there_at_once() throws IOException {
        MediaChoice choice = new MediaChoice(MediaChoice.G711, KeyingPolicy.DTLS_ONLY, Path.WITHOUT_ICE);
        try (WatchedCalls calls = new WatchedCalls(
                5, choice, choice, FieldBehaviour.FORGETS_DTLS, FieldBehaviour.CONNECTED_LINE_REINVITE)) {
            CallResult call = calls.call();
            assertThat(call.setUp()).isLessThan(Duration.ofMillis(300));
            assertThat(call.heard()).as(call.toString()).hasSize(2).allMatch(SpeechVerdict::verified);
        }
    }

    /** Each end learns of the next keys half a round trip after the other: what is under way then is under those before. */
    @ParameterizedTest
    @CsvSource({"5", "20", "40"})
    void no_packet_is_lost_where_keys_are_forgotten_and_made_again(int delayMillis) throws IOException {
        MediaChoice choice = new MediaChoice(MediaChoice.G711, KeyingPolicy.DTLS_ONLY, Path.WITHOUT_ICE);
        try (WatchedCalls calls = new WatchedCalls(5, choice, choice, FieldBehaviour.FORGETS_DTLS)) {
            calls.calls
                    .network()
                    .conditionsBetween(
                            "10.0.0.1", "10.0.0.2", LinkConditions.PERFECT.withDelay(Duration.ofMillis(delayMillis)));
            // Either of the two holds, and is the client of the handshake or the server.
            for (int i = 0; i < 4; i++) {
                CallResult call = calls.call();
                assertThat(call.problem()).isNull();
                assertThat(call.heard())
                        .as(call.toString())
                        .hasSize(2)
                        .allMatch(SpeechVerdict::verified)
                        .allMatch(heard -> heard.gapPercent() * heard.compared().toMillis() / 100 < PACKET_MILLIS);
            }
        }
    }

    /** It is held and goes on in the middle of a word, whose first packet was sent while nothing was due. */
    @Test
    void a_call_in_Opus_goes_on_with_its_first_word_after_a_hold() throws IOException {
        FieldBehaviour[] field =
                EnumSet.complementOf(EnumSet.of(FieldBehaviour.DIRECT_MEDIA)).toArray(FieldBehaviour[]::new);
        MediaChoice choice = new MediaChoice(List.of("opus"), KeyingPolicy.SDES_ONLY, Path.WITHOUT_ICE);
        try (WatchedCalls calls = new WatchedCalls(102, choice, choice, field)) {
            CallResult call = calls.call(SoakPhoneSystem.OnHold.UNTOLD);
            assertThat(call.heard()).as(call.toString()).hasSize(2).allMatch(SpeechVerdict::verified);
        }
    }

    @Test
    void different_preferred_codecs_fall_back_to_G711() throws IOException {
        MediaChoice opus = new MediaChoice(List.of("opus", "pcma"), KeyingPolicy.DTLS_ONLY, Path.ICE);
        MediaChoice g722 = new MediaChoice(List.of("g722", "pcma"), KeyingPolicy.OFFER_BOTH, Path.WITHOUT_ICE);
        assertThat(opus.prefersAs(g722)).isFalse();
        try (WatchedCalls calls = new WatchedCalls(12, opus, g722)) {
            CallResult call = calls.call();
            assertThat(call.media()).extracting(EndMedia::codec).containsOnly("PCMA");
            assertThat(call.heard()).as(call.toString()).hasSize(2).allMatch(SpeechVerdict::verified);
        }
    }
}
