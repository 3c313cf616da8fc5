// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a server can make the mail library keep has bounds. */
class ResponseGuardTest {
    private Instant now = Instant.EPOCH;

    @Test
    void a_reasonable_response_passes_unchanged() throws IOException {
        String text = "* 1 FETCH (BODY[1]<0> {12}\r\nhello {9}\r\n! UID 7)\r\nA1 OK done {not a number}\r\n";
        assertThat(read(guard(text, 1_000))).isEqualTo(text);
    }

    @Test
    void a_literal_is_accepted_up_to_the_largest_requested_size() throws IOException {
        String largest = "* 1 FETCH (BODY[1] {" + ResponseGuard.LARGEST_LITERAL + "}\r\n";
        String more = "* 1 FETCH (BODY[1] {" + (ResponseGuard.LARGEST_LITERAL + 1) + "}\r\n";
        assertThat(read(guard(largest, 1_000))).isEqualTo(largest);
        assertThatThrownBy(() -> read(guard(more, 1_000))).isInstanceOf(IOException.class);
        for (String number : new String[] {"2147483647", "4294967296", "99999999999999999999999999999999"}) {
            assertThatThrownBy(() -> read(guard("* 1 FETCH (X {" + number + "}\r\n", 1_000)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_length_that_begins_in_a_literal_and_ends_behind_it_is_found() {
        // The mail library looks back for the brace across the literal's end.
        String text = "* 1 FETCH (X {3}\r\n{99" + "9999999}\r\n";
        assertThatThrownBy(() -> read(guard(text, 1_000))).isInstanceOf(IOException.class);
    }

    @Test
    void a_line_without_an_end_ends_the_connection_and_a_literal_is_no_line() throws IOException {
        InputStream endless = new SequenceInputStream(
                new ByteArrayInputStream("* OK ".getBytes(StandardCharsets.US_ASCII)), new Zeros(5 << 20));
        assertThatThrownBy(() -> read(guard(endless, 10 << 20)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("without an end");
    }

    @Test
    void all_answers_to_one_command_have_a_bound_together() {
        String text = "* 1 EXISTS\r\n".repeat(100);
        assertThatThrownBy(() -> read(guard(text, 500)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than can be kept");
    }

    @Test
    void and_one_in_time_however_steadily_they_trickle() {
        InputStream slow = new InputStream() {
            @Override
            public int read() {
                now = now.plusSeconds(1);
                return 'x';
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                to[offset] = (byte) read();
                return 1;
            }
        };
        assertThatThrownBy(() -> read(guard(slow, 1_000))).isInstanceOf(InterruptedIOException.class);
        assertThat(now).isBefore(Instant.EPOCH.plusSeconds(25));
    }

    @Test
    void while_waiting_silence_is_asked_about_once() throws IOException {
        InputStream silent = new InputStream() {
            private int turn;

            @Override
            public int read() throws IOException {
                throw new IOException("not used");
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                turn++;
                if (turn == 2) {
                    to[offset] = '*';
                    return 1;
                }
                throw new InterruptedIOException("quiet");
            }
        };
        AtomicInteger asked = new AtomicInteger();
        ResponseGuard guard = new ResponseGuard(silent);
        guard.wait(100, asked::incrementAndGet);

        assertThat(guard.read()).isEqualTo('*');
        assertThat(asked.get()).isEqualTo(1);
        assertThatThrownBy(guard::read).isInstanceOf(InterruptedIOException.class);
        assertThat(asked.get()).isEqualTo(1);
    }

    private ResponseGuard guard(String text, long budget) {
        return guard(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), budget);
    }

    private ResponseGuard guard(InputStream in, long budget) {
        ResponseGuard guard = new ResponseGuard(in);
        guard.allow(budget, TimeBudget.in(Duration.ofSeconds(20), () -> now));
        return guard;
    }

    private static String read(ResponseGuard guard) throws IOException {
        return new String(guard.readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static final class Zeros extends InputStream {
        private int left;

        Zeros(int left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? '0' : -1;
        }
    }
}
