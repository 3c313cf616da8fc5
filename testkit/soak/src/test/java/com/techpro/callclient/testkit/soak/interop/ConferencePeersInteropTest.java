// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine, baresip and linphonec in a room of the embedded PBX, and in a mix of the engine's own; over TLS with SRTP. Each speaks at a pitch, and what
 * each recorded holds the two others and not itself.
 */
@Tag("interop")
@Tag("day-1")
class ConferencePeersInteropTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration ENOUGH = Duration.ofSeconds(3);

    /** Of the thousands of a voice that is there. */
    private static final double NOTHING = 800;

    /** None is a harmonic of another. */
    private static final Tone ANNA = Tone.of(440);

    private static final Tone BERT = Tone.of(590);
    private static final Tone LINA = Tone.of(770);

    @TempDir
    Path directory;

    private PbxServer server;
    private HeadlessAudio sound;
    private EnginePhone anna;
    private Softphone bert;
    private Softphone lina;

    @BeforeEach
    void start() {
        server = new PbxServer(directory, "1001", "1002", "1003");
        sound = ANNA.phone();
        anna = new EnginePhone(server.pbx().account("1001"), sound).awaitRegistered();
        bert = new Baresip(
                directory.resolve("baresip"),
                server,
                "1002",
                SipTransport.TLS,
                "srtp-mand",
                BERT.write(directory.resolve("bert.wav")));
        lina = new Linphone(directory.resolve("linphone"), server, "1003", LINA.write(directory.resolve("lina.wav")));
    }

    /** All that there is, if one of them did not start. */
    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : Arrays.asList(lina, bert, anna, server)) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void in_a_room_each_hears_the_two_others_and_the_roster_follows_them() {
        Conference room = anna.account().join("8000");
        awaitRoster(room, "1001");
        bert.call("8000");
        awaitRoster(room, "1001", "1002");
        lina.call("8000");
        awaitRoster(room, "1001", "1002", "1003");
        awaitAllHeard();

        lina.end();
        awaitRoster(room, "1001", "1002");
        assertHeard(Tone.read(lina.heard()), LINA, ANNA, BERT);
        Await.until(
                "who left is heard no more, and who stayed is",
                () -> {
                    short[] lately = Tone.last(ENOUGH, sound.heard());
                    return Tone.together(lately, BERT).equals(ENOUGH) && LINA.loudest(lately) < NOTHING;
                },
                LIMIT);

        lina.call("8000");
        awaitRoster(room, "1001", "1002", "1003");
        awaitAllHeard();
        short[] heard = sound.heard();
        room.leave();
        bert.end();
        lina.end();

        assertHeard(heard, ANNA, BERT, LINA);
        assertHeard(Tone.read(bert.heard()), BERT, ANNA, LINA);
        assertHeard(Tone.read(lina.heard()), LINA, ANNA, BERT);
        anna.awaitNoCalls();
        Await.until(
                "the room is empty",
                () -> server.pbx().room("8000").participants().isEmpty(),
                LIMIT);
    }

    @Test
    void keys_of_softphones_open_the_room_behind_a_pin() {
        Conference room = anna.account().join("8001", ConferenceOptions.DEFAULT.withPin(Secret.of("1234#")));
        awaitRoster(room, "1001");
        for (Softphone phone : List.of(bert, lina)) {
            phone.call("8001");
            "1234#".chars().forEach(key -> phone.press((char) key));
        }
        Await.until(
                "both have been let in",
                () -> server.pbx().room("8001").has("1002")
                        && server.pbx().room("8001").has("1003"),
                LIMIT);
        awaitAllHeard();
        room.leave();
        bert.end();
        lina.end();
        anna.awaitNoCalls();
    }

    @Test
    void in_a_mix_of_the_engines_own_each_far_end_hears_the_user_and_the_other() {
        Call toLina = anna.account().dial("1003");
        lina.answer();
        EnginePhone.awaitState(toLina, CallState.ESTABLISHED);
        Call toBert = anna.account().dial("1002");
        bert.answer();
        EnginePhone.awaitState(toBert, CallState.ESTABLISHED);
        EnginePhone.awaitHold(toLina, HoldState.LOCAL);

        toBert.merge(toLina);
        EnginePhone.awaitHold(toLina, HoldState.NONE);
        assertThat(toLina.snapshot().mergedWith()).isEqualTo(toBert.id());
        awaitAllHeard();
        short[] heard = sound.heard();
        toLina.hangUp();
        toBert.hangUp();
        EnginePhone.awaitEnding(toBert);
        EnginePhone.awaitEnding(toLina);

        assertHeard(heard, ANNA, BERT, LINA);
        assertHeard(Tone.read(bert.heard()), BERT, ANNA, LINA);
        assertHeard(Tone.read(lina.heard()), LINA, ANNA, BERT);
        anna.awaitNoCalls();
    }

    private void awaitAllHeard() {
        sound.forget();
        awaitTogether("the engine", sound::heard, BERT, LINA);
        awaitTogether("baresip", () -> Tone.read(bert.heard()), ANNA, LINA);
        awaitTogether("linphonec", () -> Tone.read(lina.heard()), ANNA, BERT);
    }

    private static void awaitTogether(String who, Supplier<short[]> heard, Tone... others) {
        Await.until(
                () -> who + " hears the others at once; it heard each for "
                        + Arrays.stream(others)
                                .map(one -> Tone.together(heard.get(), one).toMillis() + " ms")
                                .toList(),
                () -> Tone.together(heard.get(), others).compareTo(ENOUGH) >= 0,
                LIMIT);
    }

    private static void assertHeard(short[] heard, Tone own, Tone one, Tone other) {
        assertThat(Tone.together(heard, one, other)).isGreaterThanOrEqualTo(ENOUGH);
        assertThat(own.loudest(heard)).as("hears itself").isLessThan(NOTHING);
    }

    private static void awaitRoster(Conference room, String... extensions) {
        Await.until(
                "the roster is " + List.of(extensions),
                () -> {
                    ConferenceSnapshot now = room.snapshot();
                    return now.roster().participants().stream()
                            .map(participant -> participant.party().user())
                            .toList()
                            .equals(List.of(extensions));
                },
                LIMIT);
    }
}
