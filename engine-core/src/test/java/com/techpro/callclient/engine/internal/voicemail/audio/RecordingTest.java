// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.internal.voicemail.audio.Recordings.Played;
import com.techpro.callclient.engine.internal.voicemail.audio.SoundDecoder.Flaw;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
    @ParameterizedTest
    @CsvSource({
        "pcm16-8k.wav, 8000, 12000, 90",
        "pcm8-8k.wav, 8000, 12000, 25",
        "ulaw.wav, 8000, 12000, 35",
        "alaw.wav, 8000, 12000, 35",
        "wav49.wav, 8000, 12160, 5",
        "speech.gsm, 8000, 12000, 5",
        "pcm16-16k.wav, 16000, 24000, 90",
        "speech.opus, 16000, 24000, 8",
    })
    void each_way_to_keep_speech_gives_the_speech(String name, int rate, int length, double likeness) throws Exception {
        Played played = Recordings.play(Recordings.bytes(name));

        assertThat(played.rate()).isEqualTo(rate);
        assertThat(played.samples()).hasSize(length);
        assertThat(played.flaw()).isEqualTo(Flaw.NONE);
        assertThat(played.declared()).isIn(-1L, (long) length);
        byte[] original = Recordings.bytes(rate == 8_000 ? "pcm16-8k.wav" : "pcm16-16k.wav");
        assertThat(Recordings.likeness(Recordings.play(original).samples(), played.samples()))
                .isGreaterThan(likeness);
    }

    @Test
    void linear_samples_are_the_files_own() throws Exception {
        byte[] file = Recordings.bytes("pcm16-8k.wav");
        short[] samples = new short[12_000];
        ByteBuffer.wrap(file, 44, 24_000)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);

        assertThat(Recordings.play(file).samples()).isEqualTo(samples);
    }

    @Test
    void GSM_06_10_in_WAV_is_decoded_as_libgsm_does_to_the_bit() throws Exception {
        assertThat(Recordings.play(Recordings.bytes("wav49.wav")).samples()).isEqualTo(Recordings.samples("wav49.s16"));
    }

    @Test
    void GSM_06_10_by_itself_is_decoded_as_libgsm_does_to_the_bit() throws Exception {
        assertThat(Recordings.play(Recordings.bytes("speech.gsm")).samples())
                .isEqualTo(Arrays.copyOf(Recordings.samples("wav49.s16"), 12_000));
    }

    @Test
    void GSM_06_10_of_the_loudest_sound_is_decoded_as_libgsm_does_to_the_bit() throws Exception {
        assertThat(Recordings.play(Recordings.bytes("loud.gsm")).samples()).isEqualTo(Recordings.samples("loud.s16"));
    }

    @Test
    void Opus_sounds_as_libopus_makes_it() throws Exception {
        SoundDecoder decoder = OpusReader.open(new ByteArrayInputStream(Recordings.bytes("speech.opus")));
        short[] libopus = Recordings.samples("speech.opus.48k.s16");
        short[] ours = new short[libopus.length + 5_760];
        short[] some = new short[5_760];
        for (int length = 0; length < libopus.length; ) {
            int count = decoder.read(some);
            System.arraycopy(some, 0, ours, length, count);
            length += count;
        }

        // The one calculates in floating point, the other in fixed point.
        assertThat(Recordings.likeness(libopus, ours)).isGreaterThan(60);
    }

    @ParameterizedTest
    @CsvSource({
        "pcm16-8k.wav, 44, CUT_SHORT",
        "ulaw.wav, 58, CUT_SHORT",
        "wav49.wav, 60, CUT_SHORT",
        "speech.gsm, 0, CUT_SHORT",
        "speech.opus, 0, CUT_SHORT",
    })
    void a_truncated_recording_plays_up_to_the_cut_and_reports_it(String name, int header, Flaw flaw) throws Exception {
        byte[] whole = Recordings.bytes(name);
        short[] all = Recordings.play(whole).samples();
        int previous = -1;
        for (int length : new int[] {header + (whole.length - header) / 2 + 1, whole.length - 5}) {
            Played played = Recordings.play(Arrays.copyOf(whole, length));

            assertThat(played.flaw()).as("at " + length).isEqualTo(flaw);
            assertThat(played.samples().length)
                    .as("at " + length)
                    .isLessThanOrEqualTo(all.length)
                    .isGreaterThan(previous);
            if (!name.equals("speech.opus")) {
                assertThat(played.samples()).isEqualTo(Arrays.copyOf(all, played.samples().length));
            }
            previous = played.samples().length;
        }
    }

    @Test
    void a_header_that_a_streaming_phone_system_never_finished_is_no_flaw() throws Exception {
        for (int size : new int[] {0, -1, 0x7FFFFFFF}) {
            byte[] wav = Recordings.bytes("pcm16-8k.wav");
            ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putInt(40, size);

            Played played = Recordings.play(wav);

            assertThat(played.samples()).hasSize(12_000);
            assertThat(played.flaw()).isEqualTo(Flaw.NONE);
            assertThat(played.declared()).isEqualTo(-1);
        }
    }

    @Test
    void chunks_before_the_sound_are_passed_over() throws Exception {
        byte[] wav = Recordings.bytes("pcm16-8k.wav");
        byte[] junk = new byte[8 + 4 + 1_001 + 1];
        System.arraycopy("LIST".getBytes(StandardCharsets.US_ASCII), 0, junk, 0, 4);
        ByteBuffer.wrap(junk).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 1_005);

        byte[] more = new byte[wav.length + junk.length];
        System.arraycopy(wav, 0, more, 0, 36);
        System.arraycopy(junk, 0, more, 36, junk.length);
        System.arraycopy(wav, 36, more, 36 + junk.length, wav.length - 36);

        assertThat(Recordings.play(more).samples())
                .isEqualTo(Recordings.play(wav).samples());
    }

    @Test
    void two_channels_become_one() throws Exception {
        byte[] wav = Recordings.bytes("pcm16-8k.wav");
        ByteBuffer header = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort(22, (short) 2);
        header.putInt(28, 32_000);
        header.putShort(32, (short) 4);
        header.putShort(44, (short) 1_000);
        header.putShort(46, (short) 3_000);

        Played played = Recordings.play(wav);

        assertThat(played.samples()).hasSize(6_000);
        assertThat(played.samples()[0]).isEqualTo((short) 2_000);
    }

    @Test
    void a_damaged_frame_of_GSM_is_silent_and_the_rest_stays_in_its_place() throws Exception {
        byte[] gsm = Recordings.bytes("speech.gsm");
        gsm[33 * 20] = 0x11;

        Played played = Recordings.play(gsm);

        assertThat(played.flaw()).isEqualTo(Flaw.DAMAGED);
        assertThat(played.samples()).hasSize(12_000);
        assertThat(Arrays.copyOfRange(played.samples(), 3_200, 3_360)).containsOnly(0);
    }

    @Test
    void a_damaged_page_of_Ogg_costs_its_packets_and_no_others() throws Exception {
        byte[] opus = Recordings.bytes("speech.opus");
        opus[opus.length / 2] ^= 0x40;

        assertThat(Recordings.play(opus).flaw()).isIn(Flaw.DAMAGED, Flaw.CUT_SHORT);
    }

    @Test
    void bytes_between_pages_are_passed_over() throws Exception {
        byte[] opus = Recordings.bytes("speech.opus");
        int second = new String(opus, StandardCharsets.ISO_8859_1).indexOf("OggS", 4);
        int third = new String(opus, StandardCharsets.ISO_8859_1).indexOf("OggS", second + 4);
        byte[] more = new byte[opus.length + 100];
        System.arraycopy(opus, 0, more, 0, third);
        Arrays.fill(more, third, third + 100, (byte) 'O');
        System.arraycopy(opus, third, more, third + 100, opus.length - third);

        Played played = Recordings.play(more);

        assertThat(played.samples()).isEqualTo(Recordings.play(opus).samples());
        assertThat(played.flaw()).isEqualTo(Flaw.DAMAGED);
    }

    @Test
    void AMR_and_MP3_are_refused_by_name() {
        assertRefused(Recordings.bytes("speech.amr"), VoicemailProblem.AMR);
        assertRefused("#!AMR-WB\n\u0004abcdefghi".getBytes(StandardCharsets.ISO_8859_1), VoicemailProblem.AMR);
        assertRefused(new byte[] {(byte) 0xFF, (byte) 0xFB, (byte) 0x90, 0x64, 0, 0, 0, 0}, VoicemailProblem.MP3);
        assertRefused("ID3\u0004\u0000\u0000\u0000\u0000".getBytes(StandardCharsets.ISO_8859_1), VoicemailProblem.MP3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "R", "RIFF", "RIFF....WAVE", "OggS", "<html><body>Please log in</body></html>"})
    void a_file_without_audio_is_refused(String text) {
        assertRefused(text.getBytes(StandardCharsets.ISO_8859_1), VoicemailProblem.NO_SOUND);
    }

    @Test
    void ways_that_are_known_and_not_supported_are_refused_by_name() {
        byte[] adpcm = Recordings.bytes("pcm16-8k.wav");
        adpcm[20] = 0x11;
        assertRefused(adpcm, VoicemailProblem.FORMAT);
        byte[] deep = Recordings.bytes("pcm16-8k.wav");
        deep[34] = 24;
        assertRefused(deep, VoicemailProblem.FORMAT);
        byte[] slow = Recordings.bytes("pcm16-8k.wav");
        ByteBuffer.wrap(slow).order(ByteOrder.LITTLE_ENDIAN).putInt(24, 10);
        assertRefused(slow, VoicemailProblem.FORMAT);
    }

    @ParameterizedTest
    @ValueSource(ints = {6_000, 11_025, 12_000, 22_050, 24_000, 32_000, 44_100, 48_000, 95_999})
    void other_rates_are_brought_to_one_that_is_played(int rate) throws Exception {
        int output = rate <= 11_025 ? 8_000 : 16_000;
        Played played = Recordings.play(tone(rate, 440, rate * 2));

        assertThat(played.rate()).isEqualTo(output);
        assertThat(played.declared()).isEqualTo(2L * output);
        assertThat(played.samples()).hasSize(2 * output);
        // Away from the ends, where the filter sees silence beside the tone.
        short[] expected = new short[output];
        for (int i = 0; i < output; i++) {
            expected[i] = (short) Math.round(8_000 * Math.sin(2 * Math.PI * 440 * (i + output / 2.0) / output));
        }
        short[] middle = Arrays.copyOfRange(played.samples(), output / 2, output / 2 + output);
        assertThat(Recordings.likeness(expected, middle)).isGreaterThan(rate == 95_999 ? 35 : 50);
    }

    @Test
    void resampling_to_a_lower_rate_does_not_alias() throws Exception {
        Played played = Recordings.play(tone(44_100, 12_000, 44_100));

        for (int i = 2_000; i < 14_000; i++) {
            assertThat((int) played.samples()[i]).isBetween(-30, 30);
        }
    }

    @Test
    void bytes_may_come_in_pieces_of_any_size() throws Exception {
        Random random = Seeds.random(5);
        for (String name : new String[] {"pcm16-8k.wav", "wav49.wav", "speech.gsm", "speech.opus"}) {
            byte[] whole = Recordings.bytes(name);
            InputStream trickle = new ByteArrayInputStream(whole) {
                @Override
                public synchronized int read(byte[] to, int offset, int length) {
                    return super.read(to, offset, Math.min(length, 1 + random.nextInt(7)));
                }
            };

            assertThat(Recordings.play(trickle).samples())
                    .as(name)
                    .isEqualTo(Recordings.play(whole).samples());
        }
    }

    private static byte[] tone(int rate, double hertz, int length) {
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * length);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * length);
        for (int i = 0; i < length; i++) {
            wav.putShort((short) Math.round(8_000 * Math.sin(2 * Math.PI * hertz * i / rate)));
        }
        return wav.array();
    }

    private static void assertRefused(byte[] bytes, VoicemailProblem problem) {
        assertThatThrownBy(() -> Recordings.play(bytes))
                .isInstanceOfSatisfying(
                        UnplayableException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(problem));
    }
}
