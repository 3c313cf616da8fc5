// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the documentation shows as a part of a file stands in that file, but for spaces and line breaks. */
class FileSnippetsTest {
    private static final Pattern PART =
            Pattern.compile("<!-- part of (\\S+) -->\\s*(?:<!-- snippet -->\\s*)?```\\w+\\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({"README.md, 3", "docs/embedding.md, 1", "docs/testing.md, 7", "docs/peers.md, 2"})
    void a_part_of_a_file_stands_in_it(String page, int parts) throws IOException {
        var found = PART.matcher(Files.readString(DocumentedSnippet.root().resolve(page)))
                .results()
                .toList();

        assertThat(found).hasSize(parts);
        for (MatchResult part : found) {
            String file = Files.readString(DocumentedSnippet.root().resolve(part.group(1)));
            assertThat(withoutSpace(file))
                    .as(page + ": part of " + part.group(1))
                    .contains(withoutSpace(part.group(2)));
        }
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
