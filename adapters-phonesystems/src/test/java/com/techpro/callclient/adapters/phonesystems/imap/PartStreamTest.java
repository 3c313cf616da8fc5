// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A part of a message comes to an end, whatever the server sends. */
class PartStreamTest {
    private long transferred;

    private PartStream endless(long declared, byte with) {
        byte[] first = new byte[PartStream.FIRST];
        Arrays.fill(first, with);
        return new PartStream(first, declared, (offset, length) -> {
            transferred += length;
            byte[] piece = new byte[length];
            Arrays.fill(piece, with);
            return piece;
        });
    }

    private static InputStream base64(int size, InputStream encoded) throws IOException {
        return PartStream.decoded(new MimePart("1", "audio/x-wav", "base64", size, null), encoded);
    }

    @Test
    void one_of_nothing_but_line_breaks_is_fetched_no_longer_than_it_was_said_to_be() throws Exception {
        InputStream sound = base64(22_000, endless(22_000, (byte) '\n'));

        assertThatThrownBy(sound::read)
                .isInstanceOfSatisfying(
                        VoicemailException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL));
        assertThat(transferred).isLessThanOrEqualTo(22_000 + 2 * PartStream.NEXT);
    }

    @Test
    void one_of_which_nothing_is_said_or_too_much_has_a_limit_of_ours() {
        for (long declared : new long[] {-1, Integer.MAX_VALUE}) {
            transferred = 0;
            assertThatThrownBy(() -> base64(-1, endless(declared, (byte) '\n')).read())
                    .isInstanceOf(VoicemailException.class);
            assertThat(transferred).isLessThanOrEqualTo(PartStream.LONGEST + PartStream.NEXT);
        }
    }

    @Test
    void one_somewhat_longer_than_was_said_is_read_to_its_end() throws Exception {
        byte[] whole = new byte[300_000];
        Arrays.fill(whole, (byte) 'x');
        PartStream stream = new PartStream(
                Arrays.copyOf(whole, PartStream.FIRST),
                270_000,
                (offset, length) ->
                        Arrays.copyOfRange(whole, (int) offset, (int) Math.min(whole.length, offset + length)));

        assertThat(stream.readAllBytes()).hasSize(300_000);
    }
}
