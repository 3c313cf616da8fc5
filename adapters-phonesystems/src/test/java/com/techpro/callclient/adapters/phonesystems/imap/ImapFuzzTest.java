// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever a server answers and whatever stands in a mail is a message, or none: no exception that is not expected, and bounded. */
class ImapFuzzTest {
    private static final String GRAMMAR = "(){}<>[]\"\\ :=?*+\r\n019@\u0000";

    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_answers(byte[] answers) {
        Subject.answers(answers);
    }

    @Tag("fuzz")
    @FuzzTest(maxDuration = "1m")
    void any_header(byte[] header) {
        Subject.header(header);
    }

    @ParameterizedTest
    @CorpusSource("any_answers")
    void replayed_answers(byte[] input) {
        Subject.answers(input);
    }

    @ParameterizedTest
    @CorpusSource("any_header")
    void replayed_headers(byte[] input) {
        assertThat(Subject.header(input)).isTrue();
    }

    @Test
    void damaged_answers() {
        Corpus.damage(
                Corpus.inputs(ImapFuzzTest.class, "any_answers"),
                10_000,
                20260101,
                GRAMMAR,
                answers -> Subject.answers(answers) > 0);
    }

    @Test
    void damaged_headers() {
        Corpus.damage(Corpus.inputs(ImapFuzzTest.class, "any_header"), 10_000, 20260101, GRAMMAR, Subject::header);
    }

    /** Apart, so that the test class can be looked at without loading what the fuzzer's agent changes. */
    private static final class Subject {
        private static final MimePart AUDIO = new MimePart("2", "audio/x-wav", "base64", 280, null);
        private static final MimePart TEXT = new MimePart("1", "text/plain", "quoted-printable", 80, "utf-8");

        /** @return how many voicemails were in it */
        static int answers(byte[] answers) {
            int found = 0;
            try {
                ResponseGuard guard = new ResponseGuard(new ByteArrayInputStream(answers));
                guard.allow(1 << 20, TimeBudget.in(Duration.ofHours(1), () -> Instant.EPOCH));
                ImapProtocol protocol = new ImapProtocol(guard, new ByteArrayOutputStream());
                Mailbox mailbox = new Mailbox();
                while (true) {
                    try {
                        Response response = protocol.readResponse();
                        mailbox.observe(response);
                        if (response instanceof FetchAnswer fetched) {
                            found += summary(fetched);
                        }
                        if (!response.isOK()) {
                            assertThat(ImapFailures.of(response)).hasMessageNotContaining("\n");
                        }
                    } catch (ProtocolException e) {
                        assertThat(ImapFailures.of(e)).isNotNull();
                    }
                }
            } catch (IOException e) {
                return found;
            }
        }

        private static int summary(FetchAnswer fetched) {
            try {
                Summary summary = Mailbox.summary(fetched);
                if (summary != null) {
                    check(summary);
                    return 1;
                }
            } catch (VoicemailException e) {
                assertThat(e.reason()).isEqualTo(VoicemailException.Reason.PROTOCOL);
            }
            return 0;
        }

        static boolean header(byte[] header) {
            Summary summary = Dialect.summary(HeaderBlock.parse(header), List.of(TEXT, AUDIO), Instant.EPOCH);
            if (summary == null) {
                return false;
            }
            check(summary);
            Transcriptions.text(TEXT, header);
            return true;
        }

        private static void check(Summary summary) {
            String name = summary.callerName();
            String number = summary.callerNumber();
            assertThat(name == null ? "" : name).hasSizeLessThanOrEqualTo(200).doesNotContain("\r", "\n", "\u0000");
            assertThat(number == null ? "" : number)
                    .hasSizeLessThanOrEqualTo(200)
                    .doesNotContain("\r", "\n", "\u0000");
            Duration duration = summary.duration();
            assertThat(duration == null ? Duration.ZERO : duration).isBetween(Duration.ZERO, Duration.ofDays(1));
            assertThat(summary.audio().section().getBytes(StandardCharsets.UTF_8))
                    .hasSizeBetween(1, 100);
        }
    }
}
