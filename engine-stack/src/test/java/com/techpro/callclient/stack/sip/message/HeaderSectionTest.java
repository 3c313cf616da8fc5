// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The reader of bytes against a plain one of texts, and the names that it finds without making a text. */
class HeaderSectionTest {
    private static final Pattern LONE = Pattern.compile("(?<!\r)\n|\r(?!\n)");
    private static final Pattern FOLD = Pattern.compile("[ \t]*(\r\n[ \t]+)+");
    private static final Pattern HEADER =
            Pattern.compile("([-.!%*_+`'~a-zA-Z0-9]+)[ \t]*:[ \t]*(.*?)[ \t]*", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile("[\0-\10\12-\37\177]");
    private static final String[] PIECES = {
        "Via",
        "v",
        "TO",
        "Subject",
        "X-Any",
        "call-id",
        ":",
        ":",
        ": ",
        " : ",
        "\t",
        " ",
        "a",
        "value",
        "\u00e4\u4f60",
        "\r\n",
        "\r\n",
        "\r\n",
        "\r\n ",
        "\r\n\t ",
        "\r",
        "\n",
        "\0",
        "\177",
        ",",
        "\"",
        "X y"
    };

    private final Random random = Seeds.random(731);

    private record Plain(String name, String value) {}

    /** Null if it is refused. RFC 3261 §7.3.1. */
    private static @Nullable List<Plain> read(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return null;
        }
        String head = text.substring(0, end);
        int first = head.indexOf("\r\n");
        if (LONE.matcher(head).find()) {
            return null;
        }
        List<Plain> lines = new ArrayList<>();
        if (first < 0) {
            return lines;
        }
        String headers = head.substring(first + 2);
        if (headers.startsWith(" ") || headers.startsWith("\t")) {
            return null;
        }
        for (String line : FOLD.matcher(headers + "\r\n").replaceAll(" ").split("\r\n", -1)) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                lines.add(new Plain(HeaderName.canonical(header.group(1)), header.group(2)));
            } else if (!line.isEmpty()) {
                return null;
            }
        }
        return lines;
    }

    private static HeaderSection section(byte[] bytes) throws SipParseException {
        return HeaderSection.read(bytes, 0, bytes.length, MessageLimits.DEFAULT);
    }

    private String randomSection() {
        StringBuilder text = new StringBuilder("start line\r\n");
        for (int lines = random.nextInt(4); lines > 0; lines--) {
            text.append(PIECES[random.nextInt(6)]).append(':');
            for (int pieces = random.nextInt(5); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            text.append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    @Test
    void lines_and_refusals_are_those_of_a_plain_reader() {
        int read = 0;
        int texts = 30_000;
        for (int i = 0; i < texts; i++) {
            String text = randomSection();
            List<Plain> expected = read(text);
            List<Plain> lines = null;
            try {
                HeaderSection section = section(text.getBytes(StandardCharsets.UTF_8));
                lines = section.lines().stream()
                        .map(line -> new Plain(line.name(), line.value()))
                        .toList();
                assertThat(section.lines())
                        .as(text)
                        .allSatisfy(line -> assertThat(line.controls())
                                .isEqualTo(CONTROL.matcher(line.value()).find()));
                assertThat(section.body()).isPositive();
                read++;
            } catch (SipParseException e) {
                assertThat(e.rejection()).as(text).isEqualTo(Rejection.MALFORMED_HEADER);
            }
            assertThat(lines).as(text).isEqualTo(expected);
        }
        assertThat(read).isBetween(texts / 10, texts * 9 / 10);
    }

    @Test
    void a_control_character_of_any_line_of_a_folded_header_is_noted() throws SipParseException {
        for (String header : List.of("A: x\1\r\n y\r\n z", "A: x\r\n y\1\r\n z", "A: x\r\n y\r\n z\1")) {
            HeaderSection section = section(("s\r\n" + header + "\r\nB: c\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            assertThat(section.lines()).extracting(HeaderSection.Line::controls).containsExactly(true, false);
        }
    }

    @Test
    void a_name_in_bytes_is_as_canonical_as_one_in_text() {
        String known =
                "Via,From,Call-ID,CSeq,P-Asserted-Identity,WWW-Authenticate,v,f,t,i,l,y,SIP-If-Match,RSeq,Unknown-One";
        for (String name : known.split(",")) {
            for (int i = 0; i < 50; i++) {
                String changed = name.chars()
                        .mapToObj(c -> String.valueOf((char) c))
                        .map(c -> random.nextBoolean() ? c.toUpperCase(Locale.ROOT) : c.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
                byte[] bytes = ("  " + changed + ":").getBytes(StandardCharsets.US_ASCII);
                assertThat(HeaderName.canonical(bytes, 2, bytes.length - 1)).isEqualTo(HeaderName.canonical(changed));
            }
        }
        // Bytes that differ from a letter in the bit of its case only.
        for (String name : List.of("\16ia", "C\15Eq", "Call\rID", "v\1", "X-\7f")) {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            assertThat(HeaderName.canonical(bytes, 0, bytes.length)).isEqualTo(name);
        }
    }
}
