// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** However a message is put together and whatever its parts are written in, they are read or refused, and bounded. */
class MimeFuzzTest {
    private static final String GRAMMAR = "()\"\\ =?\r\n09\u0000";

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

    @ParameterizedTest
    @CorpusSource("any_structure")
    void replayed_structures(byte[] input) {
        Subject.structure(input);
    }

    @ParameterizedTest
    @CorpusSource("any_part")
    void replayed_parts(byte[] input) {
        Subject.part(input);
    }

    @Test
    void damaged_structures() {
        Corpus.damage(Corpus.inputs(MimeFuzzTest.class, "any_structure"), 10_000, 2045, GRAMMAR, Subject::structure);
    }

    @Test
    void damaged_parts() {
        Corpus.damage(Corpus.inputs(MimeFuzzTest.class, "any_part"), 10_000, 2045, GRAMMAR, Subject::part);
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
