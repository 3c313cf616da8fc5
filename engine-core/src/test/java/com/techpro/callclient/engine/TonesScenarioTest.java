// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.internal.tone.HeardTones;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.callui.EndReason;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.FakeCallUi;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody who dials hears before the other side speaks, and when it does not: on the speaker, by frequency and rhythm. */
class TonesScenarioTest {
    private static final String BOB = ScriptedPhoneSystem.HOST;
    private static final String CONTACT = "Contact: <sip:bob@192.0.2.10:5060>";
    private static final String RINGBACK = "425/1000,0/4000";
    private static final String BUSY = "425/480,0/480";
    private static final String CONGESTION = "425/240,0/240";

    private ScriptedPhoneSystem scene;
    private Call call;
    private ScriptedMessage invite;
    private int sequence;
    private final Queue<Runnable> systemsTasks = new ArrayDeque<>();
    private FakeCallUi screen;

    @AfterEach
    void close() {
        scene.close();
        assertThat(scene.audio.openStreams()).isZero();
    }

    private void open(CallTones tones) {
        scene = new ScriptedPhoneSystem(
                        180, SipTransport.UDP, account -> account.codecs(Set.of("pcmu")), config -> config.tones(tones))
                .registered();
    }

    private void dial(CallTones tones) {
        open(tones);
        call = scene.alice.dial("bob");
        scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
        invite = scene.pbx.last("INVITE");
    }

    private void dial() {
        dial(CallTones.DEFAULT.withRegion("de"));
    }

    private void respond(String status, String... more) {
        scene.audio.forgetHeard();
        scene.pbx.respondWithTag(invite, status, "bob", lines(CONTACT, more));
        scene.pass(Duration.ofMillis(100));
    }

    private List<HeardTones.Heard> heardFor(Duration length) {
        scene.audio.forgetHeard();
        scene.pass(length);
        return HeardTones.in(scene.audio.heard(), scene.audio.heardRate());
    }

    private void assertHeard(Duration length, String rhythm, int bursts) {
        scene.audio.forgetHeard();
        scene.pass(length);
        HeardTones.assertRhythm(scene.audio.heard(), scene.audio.heardRate(), rhythm, bursts);
    }

    /** As the other, of what was heard since the last answer of the phone system. */
    private void assertHeardSince(Duration length, String rhythm, int bursts) {
        scene.pass(length);
        HeardTones.assertRhythm(scene.audio.heard(), scene.audio.heardRate(), rhythm, bursts);
    }

    /** From end to end: a ringback that is as loud would be in one of the windows. */
    private void assertFarEndAlone() {
        short[] heard = scene.audio.heard();
        assertThat(HeardTones.in(heard, 8_000)).as("one sound, without a gap").hasSize(1);
        for (int from = 1_600; from + 1_600 < heard.length; from += 1_600) {
            assertThat(HeardTones.hertz(heard, 8_000, from, 1_600)).containsExactly(1_000);
        }
    }

    private DatagramLink farEnd() throws IOException {
        return scene.network.host(BOB).openDatagram(new InetSocketAddress(BOB, 40_000), (packet, from) -> {});
    }

    /** The far end's sound: packets of G.711, a tone of about a kilohertz. */
    private void speak(DatagramLink far, int packets) {
        String media = invite.bodyLines("m=audio ").get(0);
        InetSocketAddress to =
                new InetSocketAddress(ScriptedPhoneSystem.PHONE, Integer.parseInt(media.split(" ", -1)[0]));
        byte[] wave = {(byte) 0xff, (byte) 0xaf, (byte) 0xa5, (byte) 0xaf, 0x7f, 0x2f, 0x25, 0x2f};
        for (int i = 0; i < packets; i++) {
            ByteBuffer packet = ByteBuffer.allocate(172);
            packet.put((byte) 0x80).put((byte) 0).putShort((short) sequence);
            packet.putInt(sequence * 160).putInt(0x5e5d);
            for (int sample = 0; sample < 160; sample++) {
                packet.put(wave[sample % wave.length]);
            }
            packet.flip();
            far.send(packet, to);
            sequence++;
            scene.pass(Duration.ofMillis(20));
        }
    }

    @Test
    void a_host_with_audio_has_tones_unless_it_says_otherwise() {
        assertThat(CallClientConfig.builder().build().tones()).isEqualTo(CallTones.DEFAULT);
        assertThat(CallTones.DEFAULT.progress()).isTrue();
        assertThat(CallTones.DEFAULT.ringing()).isTrue();
        open(CallTones.DEFAULT);
    }

    @Test
    void while_the_other_phone_rings_there_is_ringback_and_before_it_rings_there_is_none() {
        dial();
        respond("100 Trying");
        assertThat(heardFor(Duration.ofSeconds(3))).isEmpty();
        assertThat(scene.audio.opened()).isZero();

        respond("180 Ringing");
        assertHeardSince(Duration.ofSeconds(12), RINGBACK, 2);
        assertThat(scene.audio.openStreams())
                .as("no microphone before the answer (C11)")
                .isEqualTo(1);
    }

    @Test
    void ringback_ends_with_the_answer_and_the_speaker_stays_open() throws IOException {
        dial();
        respond("180 Ringing");
        scene.pass(Duration.ofMillis(500));
        respond("200 OK", sdp(BOB, 40_000, 1));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(heardFor(Duration.ofSeconds(1))).isEmpty();
        assertThat(scene.audio.opened()).as("speaker, and the microphone later").isEqualTo(2);
        DatagramLink far = farEnd();
        scene.audio.forgetHeard();
        speak(far, 50);
        assertThat(HeardTones.in(scene.audio.heard(), 8_000)).isNotEmpty();
        far.close();
    }

    @Test
    void ringback_ends_when_the_caller_gives_up() {
        dial();
        respond("180 Ringing");
        call.hangUp();
        scene.pass(Duration.ofMillis(100));

        assertThat(scene.audio.openStreams()).isZero();
        assertThat(heardFor(Duration.ofSeconds(6))).as("the user knows").isEmpty();
    }

    @Test
    void RFC3960_3_2_early_media_wins_over_ringback_once_it_arrives() throws IOException {
        dial();
        respond("180 Ringing");
        scene.pass(Duration.ofMillis(1_500));
        respond("183 Session Progress", sdp(BOB, 40_000, 1));
        assertHeard(Duration.ofSeconds(11), RINGBACK, 2);

        DatagramLink far = farEnd();
        speak(far, 5);
        scene.audio.forgetHeard();
        speak(far, 300);
        assertFarEndAlone();
        far.close();
    }

    @Test
    void a_phone_system_that_announces_instead_of_ringing_is_not_rung_over() throws IOException {
        dial();
        respond("183 Session Progress", sdp(BOB, 40_000, 1));
        assertThat(heardFor(Duration.ofSeconds(6)))
                .as("nothing rings, as far as is known")
                .isEmpty();

        DatagramLink far = farEnd();
        speak(far, 20);
        respond("180 Ringing");
        speak(far, 15);
        scene.audio.forgetHeard();
        speak(far, 100);
        assertFarEndAlone();
        far.close();
    }

    @Test
    void sound_that_the_phone_system_withholds_is_none_and_ringback_goes_on() throws IOException {
        dial();
        respond("180 Ringing", lines("P-Early-Media: inactive", sdp(BOB, 40_000, 1)));
        scene.pass(Duration.ofMillis(1_500));
        DatagramLink far = farEnd();
        scene.audio.forgetHeard();
        speak(far, 600);

        HeardTones.assertRhythm(scene.audio.heard(), 8_000, RINGBACK, 2);
        far.close();
    }

    @ParameterizedTest
    @CsvSource({
        "486 Busy Here, 480, 480",
        "600 Busy Everywhere, 480, 480",
        "603 Decline, 480, 480",
        "503 Service Unavailable, 240, 240",
        "480 Temporarily Unavailable, 240, 240",
        "500 Server Internal Error, 240, 240"
    })
    void why_a_call_was_not_put_through_is_heard_and_not_for_long(String status, int on, int off) {
        dial();
        respond("180 Ringing");
        scene.pass(Duration.ofMillis(1_500));
        scene.audio.forgetHeard();
        respond(status);

        scene.pass(Duration.ofMillis(3_500));
        HeardTones.assertRhythm(scene.audio.heard(), 8_000, "425/" + on + ",0/" + off, 3);
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.audio.openStreams()).isZero();
    }

    @Test
    void a_number_that_does_not_exist_has_the_special_information_tone() {
        dial();
        scene.audio.forgetHeard();
        respond("404 Not Found");
        scene.pass(Duration.ofSeconds(2));

        short[] heard = scene.audio.heard();
        assertThat(HeardTones.hertz(heard, 8_000, 400, 2_000)).containsExactly(950);
        assertThat(HeardTones.hertz(heard, 8_000, 3_200, 1_900)).containsExactly(1_400);
        assertThat(HeardTones.hertz(heard, 8_000, 5_800, 1_900)).containsExactly(1_800);
        scene.pass(Duration.ofSeconds(3));
        assertThat(scene.audio.openStreams()).isZero();
    }

    @Test
    void a_phone_system_that_is_not_there_is_heard_to_be_not_there() {
        open(CallTones.DEFAULT.withRegion("DE"));
        scene.pbx.close();
        call = scene.alice.dial("bob");
        scene.time.runUntil(() -> call.snapshot().ending() != null, Duration.ofMinutes(2));

        assertThat(call.snapshot().ending()).isInstanceOf(CallEnding.Failed.class);
        assertHeard(Duration.ofSeconds(3), CONGESTION, 3);
    }

    @Test
    void a_BYE_by_the_far_end_plays_the_busy_tone() {
        dial();
        respond("200 OK", sdp(BOB, 40_000, 1));
        scene.pass(Duration.ofSeconds(1));
        scene.audio.forgetHeard();
        scene.pbx.request("BYE", invite, 9, "bob");
        scene.pass(Duration.ofMillis(1_800));

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
        HeardTones.assertRhythm(scene.audio.heard(), 8_000, BUSY, 2);
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.audio.openStreams()).isZero();
    }

    @Test
    void where_the_system_leaves_the_audio_the_tone_of_the_end_is_heard_to_its_end() {
        endsOnTheSystemsScreen(FakeCallUi::leaveAudioToEndTones);
        pass(1_800);
        HeardTones.assertRhythm(scene.audio.heard(), 8_000, BUSY, 2);
        pass(300);
        assertThat(scene.audio.openStreams()).isZero();
        // The system is told of a time in which all of it is heard.
        assertThat(screen.endTone(call.id())).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_100));
    }

    @Test
    void where_the_system_takes_the_audio_back_at_once_nothing_more_is_played() {
        endsOnTheSystemsScreen(system -> {});
        pass(200);
        assertThat(scene.audio.openStreams()).isZero();
    }

    @Test
    void the_system_hears_of_no_tone_where_there_is_none() {
        talkOnTheSystemsScreen(FakeCallUi::leaveAudioToEndTones);
        scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
        call.hangUp();
        pass(100);
        assertThat(screen.endTone(call.id())).isNull();
        assertThat(screen.ended(call.id())).isEqualTo(EndReason.LOCAL);
        assertThat(scene.audio.openStreams()).isZero();
    }

    @Test
    void a_call_that_comes_in_ends_the_tone_of_the_one_before_though_the_system_rings() {
        endsOnTheSystemsScreen(FakeCallUi::leaveAudioToEndTones);
        pass(300);
        assertThat(scene.audio.openStreams()).isEqualTo(1);
        scene.invite("in-1", "z9hG4bKin1", 1, sdp(BOB, 40_000, 1));
        pass(200);
        assertThat(scene.incoming).hasSize(1);
        assertThat(scene.audio.openStreams()).isZero();
    }

    private void endsOnTheSystemsScreen(Consumer<FakeCallUi> system) {
        talkOnTheSystemsScreen(system);
        scene.audio.forgetHeard();
        scene.pbx.request("BYE", invite, 9, "bob");
        pass(10);
        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.RemoteHangUp());
        assertThat(screen.ended(call.id())).isEqualTo(EndReason.REMOTE);
    }

    private void talkOnTheSystemsScreen(Consumer<FakeCallUi> system) {
        screen = new FakeCallUi(systemsTasks::add);
        system.accept(screen);
        scene = new ScriptedPhoneSystem(
                        183,
                        SipTransport.UDP,
                        account -> account.codecs(Set.of("pcmu")),
                        config ->
                                config.tones(CallTones.DEFAULT.withRegion("de")).platform(p -> p.callUi(screen)))
                .registered();
        call = scene.alice.dial("bob");
        scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
        invite = scene.pbx.last("INVITE");
        pass(10);
        respond("200 OK", sdp(BOB, 40_000, 1));
        pass(1_000);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(scene.audio.openStreams()).isEqualTo(2);
    }

    /** Time, and what the system does in it: it answers within 10 ms. */
    private void pass(int millis) {
        for (int passed = 0; passed < millis; passed += 10) {
            scene.pass(Duration.ofMillis(10));
            while (!systemsTasks.isEmpty()) {
                systemsTasks.remove().run();
            }
        }
    }

    @Test
    void hanging_up_ends_all_sound() {
        dial();
        respond("200 OK", sdp(BOB, 40_000, 1));
        scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
        scene.pass(Duration.ofSeconds(1));
        call.hangUp();
        scene.pass(Duration.ofMillis(50));

        assertThat(scene.audio.openStreams()).isZero();
    }

    @Test
    void the_next_call_ends_the_tone_of_the_one_before() {
        dial();
        respond("486 Busy Here");
        scene.pass(Duration.ofMillis(300));
        assertThat(scene.audio.openStreams()).isEqualTo(1);

        scene.alice.dial("carol");
        scene.pass(Duration.ofMillis(150));
        assertThat(scene.audio.openStreams()).isZero();
    }

    @Test
    void a_call_that_is_silent_for_long_is_said_to_be_by_a_warning() {
        dial();
        respond("200 OK", sdp(BOB, 40_000, 1));
        scene.pass(Duration.ofSeconds(4));
        assertThat(call.snapshot().nothingArrives()).isTrue();

        assertHeard(Duration.ofSeconds(10), "425/100,0/100,425/100,0/4700", 3);
    }

    @Test
    void the_config_s_country_is_that_of_the_tones_unless_they_have_their_own() {
        scene = new ScriptedPhoneSystem(
                        181,
                        SipTransport.UDP,
                        account -> account.codecs(Set.of("pcmu")),
                        config -> config.tones(CallTones.DEFAULT).region("US"))
                .registered();
        call = scene.alice.dial("bob");
        scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
        invite = scene.pbx.last("INVITE");
        respond("180 Ringing");

        assertHeardSince(Duration.ofSeconds(9), "440+480/2000,0/4000", 2);
    }

    @Test
    void wideband_calls_have_their_ringback_at_the_rate_that_the_answer_will_need() {
        scene = new ScriptedPhoneSystem(
                        182,
                        SipTransport.UDP,
                        account -> account.codecs(Set.of("g722")),
                        config -> config.tones(CallTones.DEFAULT.withRegion("GB")))
                .registered();
        call = scene.alice.dial("bob");
        scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
        invite = scene.pbx.last("INVITE");
        respond("180 Ringing");

        assertHeardSince(Duration.ofSeconds(6), "400+450/400,0/200,400+450/400,0/2000", 4);
        assertThat(scene.audio.heardRate()).isEqualTo(16_000);
    }

    @Test
    void off_opens_nothing_but_for_the_sound_of_calls() {
        dial(CallTones.OFF);
        respond("180 Ringing");
        scene.pass(Duration.ofSeconds(6));
        respond("486 Busy Here");
        scene.pass(Duration.ofSeconds(6));
        scene.invite("in-1", "z9hG4bKin1", 1, sdp(BOB, 40_000, 1));
        scene.pass(Duration.ofSeconds(6));

        assertThat(scene.incoming).hasSize(1);
        assertThat(scene.audio.opened()).isZero();
    }
}
