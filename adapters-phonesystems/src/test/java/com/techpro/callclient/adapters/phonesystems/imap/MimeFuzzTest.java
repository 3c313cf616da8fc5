// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.Corpus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a message is put together and whatever its parts are written in, they are read or refused, and bounded. */
class MimeFuzzTest {
    private static final int TURNS = 20_000;

    @Tag("fuzz")
    @FuzzTest(maxDuration = "1m")
    void any_structure(byte[] structure) {
        Subject.structure(structure);
    }

    @Tag("fuzz")
    @FuzzTest(maxDuration = "1m")
    void any_part(byte[] part) {
        Subject.part(part);
    }

    static List<Path> structures() {
        return Corpus.of(MimeFuzzTest.class, "any_structure");
    }

    static List<Path> parts() {
        return Corpus.of(MimeFuzzTest.class, "any_part");
    }

    @ParameterizedTest
    @MethodSource("structures")
    void replayed_structures(Path input) throws IOException {
        Subject.structure(Files.readAllBytes(input));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void replayed_parts(Path input) throws IOException {
        Subject.part(Files.readAllBytes(input));
    }

    @Test
    void damaged_structures() throws IOException {
        assertThat(damaged(structures(), Subject::structure))
                .as("structures understood")
                .isGreaterThan(TURNS / 4);
    }

    @Test
    void damaged_parts() throws IOException {
        assertThat(damaged(parts(), Subject::part)).as("parts understood").isGreaterThan(TURNS / 4);
    }

    /** @return how many were understood all the same */
    private static int damaged(List<Path> corpus, Predicate<byte[]> subject) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Path seed : corpus) {
            seeds.add(Files.readAllBytes(seed));
        }
        Random random = Seeds.random(2045);
        int understood = 0;
        for (int i = 0; i < TURNS; i++) {
            byte[] input = seeds.get(i % seeds.size()).clone();
            for (int hits = random.nextInt(4); hits > 0; hits--) {
                input[random.nextInt(input.length)] = (byte) random.nextInt(128);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(input.length) : input.length;
            understood += subject.test(Arrays.copyOf(input, length)) ? 1 : 0;
        }
        return understood;
    }

    /** Apart, so that the test class can be looked at without loading what the fuzzer's agent changes. */
    private static final class Subject {
        private static final int MOST_PARTS = 100;

        /** A list as a server writes it behind {@code BODYSTRUCTURE}. */
        static boolean structure(byte[] bytes) {
            Object read;
            try {
                read = new FetchLexer(bytes, 0, bytes.length).next();
            } catch (ProtocolException e) {
                return false;
            }
            if (!(read instanceof List<?> structure)) {
                return false;
            }
            List<MimePart> parts = MimePart.of(structure);
            Set<String> sections = new HashSet<>();
            assertThat(parts).hasSizeLessThanOrEqualTo(MOST_PARTS);
            for (MimePart part : parts) {
                // It goes into the next command as it is.
                assertThat(part.section()).matches("[0-9]+(\\.[0-9]+)*").hasSizeLessThan(200);
                assertThat(sections.add(part.section())).isTrue();
                assertThat(part.type()).hasSizeLessThanOrEqualTo(201);
                assertThat(part.encoding()).hasSizeBetween(1, 100);
                assertThat(part.size()).isGreaterThanOrEqualTo(-1);
            }
            return !parts.isEmpty();
        }

        /** A line of encoding and character set, then what is in the part. */
        static boolean part(byte[] bytes) {
            int line = 0;
            while (line < bytes.length && bytes[line] != '\n') {
                line++;
            }
            String[] words = new String(bytes, 0, line, StandardCharsets.ISO_8859_1)
                    .toLowerCase(Locale.ROOT)
                    .split(" ", 2);
            byte[] body = Arrays.copyOfRange(bytes, Math.min(bytes.length, line + 1), bytes.length);
            MimePart part = new MimePart("1", "text/plain", words[0], -1, words.length > 1 ? words[1] : null);
            String text = Transcriptions.text(part, body);
            // A byte is one letter at most, but in the oldest of character sets.
            assertThat(text == null ? "" : text).hasSizeLessThanOrEqualTo(4 * body.length + 4);
            try (InputStream in = PartStream.decoded(part, new ByteArrayInputStream(body))) {
                byte[] some = new byte[1_000];
                long total = 0;
                for (int count = in.read(some); count >= 0; count = in.read(some)) {
                    assertThat(count).isBetween(1, some.length);
                    total += count;
                    assertThat(total).isLessThanOrEqualTo(body.length + 2L);
                }
                return true;
            } catch (VoicemailException e) {
                assertThat(e.reason()).isEqualTo(VoicemailException.Reason.PROTOCOL);
            } catch (IOException e) {
                // The player plays what came until then.
                return true;
            }
            return false;
        }
    }
}
