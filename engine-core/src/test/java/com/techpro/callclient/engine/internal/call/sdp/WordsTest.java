// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Words and lines against the regular expressions that define them. */
class WordsTest {
    private final Random random = Seeds.random(8866);

    private String text(String characters, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    @Test
    void words_are_separated_by_runs_of_spaces() {
        for (int i = 0; i < 20_000; i++) {
            String text = text("ab/0   \t", 14);
            int most = 1 + random.nextInt(6);

            assertThat(Words.of(text, most))
                    .as(text)
                    .containsExactly(text.trim().split(" +", most));
        }
    }

    @Test
    void lines_end_with_CR_or_LF_or_both() throws SdpException {
        for (int i = 0; i < 5_000; i++) {
            StringBuilder body = new StringBuilder("v=0\no=- 1 1 IN IP4 192.0.2.1");
            for (int lines = random.nextInt(5); lines > 0; lines--) {
                body.append('\r').append(text("\r\n", 4)).append("a=").append((char) ('a' + lines));
            }
            body.append(text("\r\n", 3));
            List<String> expected = new ArrayList<>();
            for (String line : body.toString().split("\r\n|\n|\r", -1)) {
                if (line.startsWith("a=")) {
                    expected.add(line.substring(2));
                }
            }
            SessionDescription read = SessionDescription.parse(body.toString().getBytes(StandardCharsets.UTF_8));

            assertThat(read.attributes()).extracting(Attribute::name).isEqualTo(expected);
        }
    }
}
