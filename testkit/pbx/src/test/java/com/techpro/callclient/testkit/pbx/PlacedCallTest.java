// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.PlacedCall.State;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PBX calls a phone of text and bytes, which shares no code with it. */
class PlacedCallTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int RATE = 8_000;
    private static final String PHONE = "10.0.0.11";

    private final VirtualTime time = VirtualTime.seeded(1);
    private final PlainPhoneScene scene = new PlainPhoneScene(time);
    private final PlainPhone phone = scene.phone;
    private final EmbeddedPbx pbx = scene.pbx;
    private final Runnable aSecond = () -> time.advance(SECOND);
    private final ByteArrayOutputStream heardByPhone = new ByteArrayOutputStream();

    @BeforeEach
    void register() {
        phone.register("open sesame", aSecond);
    }

    @AfterEach
    void nothing_is_left() {
        time.advance(Duration.ofSeconds(40));
        assertThat(pbx.state().activeCalls()).isZero();
        assertThat(pbx.state().mediaPorts()).isZero();
        assertThat(pbx.openTransactions()).isZero();
        scene.close();
    }

    @Test
    void the_phone_receives_the_caller_and_its_responses_are_reported() {
        PlacedCall call = pbx.call("1001")
                .from("Reception", "+4930123456")
                .withHeader("P-Asserted-Identity", "<sip:+4930123456@pbx.test>")
                .ring();
        assertThat(call.state()).isEqualTo(State.CALLING);
        aSecond.run();
        String invite = invite();

        assertThat(PlainPhone.headerOf(invite, "From")).startsWith("\"Reception\" <sip:+4930123456@pbx.test>;tag=");
        assertThat(PlainPhone.headerOf(invite, "To")).isEqualTo("<sip:1001@pbx.test>");
        assertThat(PlainPhone.headerOf(invite, "P-Asserted-Identity")).isEqualTo("<sip:+4930123456@pbx.test>");

        phone.reply(invite, 180, "");
        assertThat(call.awaitRinging(SECOND).state()).isEqualTo(State.RINGING);
        assertThatThrownBy(() -> call.awaitAnswer(SECOND))
                .isInstanceOf(AssertionError.class)
                .hasMessage("no call to 1001 that is answered within PT1S: RINGING");
        phone.reply(invite, 200, sdp());
        assertThat(call.awaitAnswer(SECOND).refusal()).isZero();
        aSecond.run();
        assertThat(phone.requests("ACK")).hasSize(1);

        call.hangUp();
        aSecond.run();
        assertThat(phone.requests("BYE")).hasSize(1);
        phone.reply(phone.requests("BYE").get(0), 200, "");
        assertThat(call.awaitEnd(SECOND).state()).isEqualTo(State.ENDED);
        call.hangUp();
    }

    @Test
    void a_placed_call_speaks_and_keeps_the_speech_and_digits_of_the_callee() throws IOException {
        DatagramLink media = media();
        PlacedCall call = pbx.call("1001").speaking(Sound.tone(500, 8_000)).ring();
        aSecond.run();
        String invite = invite();
        assertThat(PlainPhone.headerOf(invite, "From")).startsWith("<sip:pbx@pbx.test>");
        phone.reply(invite, 200, sdp());
        call.awaitAnswer(SECOND);
        aSecond.run();
        assertThat(amplitude(500, decoded(heardByPhone.toByteArray()))).isBetween(7_000.0, 9_000.0);

        InetSocketAddress there = mediaOf(invite);
        for (int i = 0; i < 100; i++) {
            media.send(ByteBuffer.wrap(rtp(0, i, 160 * i, tone(700, 160 * i))), there);
            time.advance(Duration.ofMillis(20));
        }
        assertThat(amplitude(700, call.heard(SECOND))).isBetween(3_000.0, 5_000.0);
        assertThat(amplitude(500, call.heard(SECOND))).isLessThan(100);
        assertThat(call.heard(SECOND)).hasSize(RATE);
        assertThat(call.heard()).hasSizeBetween(3 * RATE - 400, 3 * RATE + 400);

        for (int i = 0; i < 4; i++) {
            media.send(
                    ByteBuffer.wrap(rtp(101, 100 + i, 16_000, new byte[] {5, (byte) (i > 0 ? 0x8a : 10), 3, 32})),
                    there);
        }
        assertThat(call.await("has a key", it -> !it.keys().isEmpty(), SECOND).keys())
                .isEqualTo("5");

        phone.inDialog("BYE", invite.replaceAll("(?m)^(From|To):", "X-$1:").replace("X-From:", "To:"), "");
        call.awaitEnd(SECOND);
        aSecond.run();
        assertThat(phone.lastStatus()).isEqualTo(200);
        media.close();
    }

    @Test
    void a_clip_is_said_once(@TempDir Path folder) throws IOException {
        DatagramLink media = media();
        short[] clip = new short[RATE];
        for (int i = 0; i < clip.length; i++) {
            clip[i] = Sound.tone(500, 8_000).at(i, RATE);
        }
        Path file = folder.resolve("clip.wav");
        WavFile.write(file, clip, RATE);
        PlacedCall call = pbx.call("1001").speaking(file).ring();
        aSecond.run();
        phone.reply(invite(), 200, sdp());
        call.awaitAnswer(SECOND);
        time.advance(Duration.ofSeconds(3));
        short[] said = decoded(heardByPhone.toByteArray());

        assertThat(amplitude(500, Arrays.copyOf(said, 7_000))).isGreaterThan(7_000);
        assertThat(amplitude(500, Arrays.copyOfRange(said, 9_000, 16_000))).isLessThan(100);
        call.hangUp();
        aSecond.run();
        phone.reply(phone.requests("BYE").get(0), 200, "");
        media.close();
    }

    @Test
    void a_refusal_is_told_with_its_status() {
        PlacedCall call = pbx.call("1001").ring();
        aSecond.run();
        phone.reply(invite(), 486, "");

        assertThat(call.awaitRefusal(SECOND)).isEqualTo(486);
        assertThat(call.state()).isEqualTo(State.REFUSED);
        assertThat(call).hasToString("REFUSED with 486");
        assertThatThrownBy(() -> call.awaitAnswer(Duration.ofHours(1))).hasMessageContaining("REFUSED with 486");
        assertThat(time.elapsed()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void nobody_answers_and_nobody_is_there() {
        PlacedCall call = pbx.call("1001").ringingFor(Duration.ofSeconds(5)).ring();
        aSecond.run();
        String invite = invite();
        phone.reply(invite, 180, "");
        assertThat(call.awaitRefusal(Duration.ofSeconds(6))).isEqualTo(480);
        cancelled(invite);

        pbx.forgetRegistrations();
        assertThat(pbx.call("1001").ring().awaitRefusal(SECOND)).isEqualTo(480);
        assertThatThrownBy(() -> pbx.call("1009")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_call_that_is_hung_up_before_the_answer_is_taken_back() {
        PlacedCall call = pbx.call("1001").ring();
        aSecond.run();
        String invite = invite();
        phone.reply(invite, 180, "");
        aSecond.run();
        call.hangUp();

        assertThat(call.state()).isEqualTo(State.ENDED);
        assertThat(call.refusal()).isZero();
        cancelled(invite);
        assertThatThrownBy(() -> call.awaitRefusal(SECOND)).hasMessageEndingWith("ENDED");
    }

    private void cancelled(String invite) {
        aSecond.run();
        assertThat(phone.requests("CANCEL")).hasSize(1);
        phone.reply(phone.requests("CANCEL").get(0), 200, "");
        phone.reply(invite, 487, "");
        aSecond.run();
        assertThat(phone.requests("ACK")).hasSize(1);
    }

    private String invite() {
        List<String> invites = phone.requests("INVITE");
        assertThat(invites).hasSize(1);
        return invites.get(0);
    }

    private DatagramLink media() throws IOException {
        return scene.network.host(PHONE).openDatagram(new InetSocketAddress(PHONE, 4_000), (packet, from) -> {
            if ((packet.get(packet.position() + 1) & 0x7f) == 0) {
                packet.position(packet.position() + 12);
                while (packet.hasRemaining()) {
                    heardByPhone.write(packet.get());
                }
            }
        });
    }

    private static InetSocketAddress mediaOf(String invite) {
        Matcher line = Pattern.compile("m=audio (\\d+) ").matcher(invite);
        assertThat(line.find()).isTrue();
        return new InetSocketAddress(PlainPhoneScene.PBX, Integer.parseInt(line.group(1)));
    }

    private static String sdp() {
        return "v=0\r\no=- 1 1 IN IP4 " + PHONE + "\r\ns=-\r\nc=IN IP4 " + PHONE
                + "\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";
    }

    private static byte[] rtp(int type, int sequence, int timestamp, byte[] payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) type)
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(0x1234)
                .put(payload)
                .array();
    }

    /** 20 ms of a tone with an amplitude of 4,000 in µ-law. */
    private static byte[] tone(double hertz, int from) {
        byte[] payload = new byte[160];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = nearest((int) Math.round(4_000 * Math.sin(2 * Math.PI * hertz * (from + i) / RATE)));
        }
        return payload;
    }

    private static byte nearest(int sample) {
        int best = 0;
        for (int code = 1; code < 256; code++) {
            if (Math.abs(linear(code) - sample) < Math.abs(linear(best) - sample)) {
                best = code;
            }
        }
        return (byte) best;
    }

    /** G.711 §2, table 2a: segments that double, of sixteen steps each. */
    private static int linear(int code) {
        int inverted = ~code & 0xff;
        int magnitude = ((((inverted & 0x0f) << 3) + 0x84) << (inverted >> 4 & 7)) - 0x84;
        return inverted > 0x7f ? -magnitude : magnitude;
    }

    private static short[] decoded(byte[] codes) {
        short[] samples = new short[codes.length];
        for (int i = 0; i < codes.length; i++) {
            samples[i] = (short) linear(codes[i] & 0xff);
        }
        return samples;
    }

    private static double amplitude(double hertz, short[] samples) {
        return Sound.amplitudeOf(hertz, samples, RATE);
    }
}
