// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise S3: sound is kept encrypted for as long as it is played, and no longer. */
class VoicemailCacheTest {
    private static final long ROOMY = 1 << 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void added_audio_is_read_back_between_any_two_positions(boolean onDisk) throws IOException {
        CachedAudio sound = new VoicemailCache(onDisk ? folder : null, ROOMY, Seeds.random(1)).open(8_000);
        short[] all = noise(10_123);
        for (int at = 0; at < all.length; at += 700) {
            int count = Math.min(700, all.length - at);
            assertThat(sound.add(Arrays.copyOfRange(all, at, at + count), count))
                    .isTrue();
        }
        assertThat(sound.available()).isEqualTo(10_000);
        sound.finish();

        assertThat(sound.available()).isEqualTo(10_123);
        assertThat(sound.read(0, 10_123)).isEqualTo(all);
        assertThat(sound.read(1_999, 2_001)).isEqualTo(Arrays.copyOfRange(all, 1_999, 2_001));
        assertThat(sound.read(9_000, 10_123)).isEqualTo(Arrays.copyOfRange(all, 9_000, 10_123));
        assertThat(sound.read(5, 5)).isEmpty();
        sound.erase();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void S3_erased_audio_cannot_be_read_or_extended_and_leaves_no_file(boolean onDisk) throws IOException {
        CachedAudio sound = new VoicemailCache(onDisk ? folder : null, ROOMY, Seeds.random(1)).open(8_000);
        assertThat(sound.add(noise(4_000), 4_000)).isTrue();

        sound.erase();
        sound.erase();

        assertThatThrownBy(() -> sound.read(0, 100)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> sound.add(noise(4_000), 4_000)).isInstanceOf(IOException.class);
        assertThat(files()).isEmpty();
    }

    /** What is wiped is what was drawn: so it is the key, and not zeroes beside it. */
    @Test
    void S3_the_key_of_each_message_is_drawn_for_it_and_wiped_with_it() {
        List<byte[]> drawn = new ArrayList<>();
        Random recording = new Random(Seeds.of(3)) {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] octets) {
                super.nextBytes(octets);
                drawn.add(octets);
            }
        };
        VoicemailCache cache = new VoicemailCache(null, ROOMY, recording);
        RandomDraws.assertRandomOctets(() -> {
            drawn.clear();
            CachedAudio sound = cache.open(8_000);
            assertThat(drawn).hasSize(1);
            byte[] key = drawn.get(0).clone();
            sound.erase();
            assertThat(drawn.get(0)).containsOnly(0);
            return key;
        });
    }

    @Test
    void S3_nothing_readable_is_kept_and_no_two_pieces_are_sealed_alike() throws IOException {
        List<byte[]> kept = new ArrayList<>();
        Chunks watched = new Chunks() {
            @Override
            public void add(byte[] chunk) {
                kept.add(chunk.clone());
            }

            @Override
            public byte[] get(int index, int length) {
                return kept.get(index);
            }

            @Override
            public void erase() {}
        };
        byte[] key = new byte[32];
        Seeds.random(2).nextBytes(key);
        SealedChunks sealed = new SealedChunks(key, watched);
        short[] silence = new short[SealedChunks.SAMPLES];
        sealed.add(silence, silence.length);
        sealed.add(silence, silence.length);

        assertThat(kept.get(0)).hasSize(SealedChunks.LENGTH).isNotEqualTo(kept.get(1));
        int zeroes = 0;
        for (byte one : kept.get(0)) {
            zeroes += one == 0 ? 1 : 0;
        }
        assertThat(zeroes).as("zeroes of %d bytes", SealedChunks.LENGTH).isLessThan(SealedChunks.LENGTH / 50);

        kept.get(0)[100] ^= 1;
        assertThatThrownBy(() -> sealed.get(0, silence.length)).isInstanceOf(IOException.class);
        sealed.erase();
        assertThat(key).containsOnly(0);
    }

    @Test
    void a_message_that_is_too_long_is_kept_as_far_as_it_goes() throws IOException {
        CachedAudio sound = new VoicemailCache(null, 16_000, Seeds.random(1)).open(8_000);

        assertThat(sound.add(noise(8_000), 8_000)).isTrue();
        assertThat(sound.add(noise(1), 1)).isFalse();

        assertThat(sound.read(0, 8_000)).isEqualTo(noise(8_000));
    }

    @Test
    void S3_the_file_has_no_name_where_the_system_permits_that() throws IOException {
        CachedAudio sound = new VoicemailCache(folder, ROOMY, Seeds.random(1)).open(8_000);
        assertThat(sound.add(noise(4_000), 4_000)).isTrue();

        boolean unix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        assertThat(files()).hasSize(unix ? 0 : 1);
        assertThat(sound.read(0, 4_000)).isEqualTo(noise(4_000));
        sound.erase();
        assertThat(files()).isEmpty();
    }

    @Test
    void S3_only_the_leftovers_of_an_earlier_process_are_swept() throws IOException {
        Files.write(
                folder.resolve("callclient-voicemail-1a2b.tmp"),
                ByteBuffer.allocate(5_000).array());
        Files.write(folder.resolve("letters.tmp"), new byte[10]);

        new VoicemailCache(folder, ROOMY, Seeds.random(1)).sweep();

        assertThat(files()).containsExactly("letters.tmp");
        new VoicemailCache(folder.resolve("not there"), ROOMY, Seeds.random(1)).sweep();
        new VoicemailCache(null, ROOMY, Seeds.random(1)).sweep();
    }

    @Test
    void a_folder_that_cannot_be_used_is_no_reason_not_to_play() throws IOException {
        Path file = Files.write(folder.resolve("a file"), new byte[1]);

        CachedAudio sound = new VoicemailCache(file, ROOMY, Seeds.random(1)).open(8_000);

        assertThat(sound.add(noise(2_000), 2_000)).isTrue();
        assertThat(sound.read(0, 2_000)).isEqualTo(noise(2_000));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static short[] noise(int count) {
        short[] samples = new short[count];
        Random random = Seeds.random(9);
        for (int i = 0; i < count; i++) {
            samples[i] = (short) random.nextInt();
        }
        return samples;
    }
}
