// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The name of a test is a clause that is understood at first sight. */
class TestNamesTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final int LONGEST = 80;
    /** Subjects that hide who does what. */
    private static final Set<String> RIDDLES = Set.of("who", "whom", "whoever", "whose", "what", "whatever");

    private static final String RETURNED = "\\b(?:void|fun|Stream<\\w+>|List<\\w+>)(?=\\s)";

    /** The name follows the first type behind the annotations, which may contain anything else. */
    private static final Pattern NAME =
            Pattern.compile("@(?:Test|ParameterizedTest|TestFactory|RepeatedTest|FuzzTest)\\b" + "(?:(?!" + RETURNED
                    + ")(?s:.))*+" + RETURNED + "\\s+(\\w+)\\s*\\(");

    private static List<String> names = List.of();

    @BeforeAll
    static void findTheNames() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(TestNamesTest::isSource).toList()) {
                Matcher test = NAME.matcher(Files.readString(file));
                while (test.find()) {
                    found.add(test.group(1));
                }
            }
        }
        names = List.copyOf(found);
    }

    private static boolean isSource(Path file) {
        String path = ROOT.relativize(file).toString().replace('\\', '/');
        return path.matches("(?:.*/)?src/(?:main|test)/(?:java|kotlin)/.*\\.(?:java|kt)") && !path.contains("target/");
    }

    private static List<String> names(Predicate<String> wanted) {
        return names.stream().filter(wanted).toList();
    }

    @Test
    void all_sources_are_read() {
        assertThat(names).hasSizeGreaterThan(4_700);
    }

    @Test
    void no_name_is_too_long() {
        assertThat(names(name -> name.length() > LONGEST)).isEmpty();
    }

    @Test
    void no_name_has_a_riddle_for_a_subject() {
        assertThat(names(name -> Arrays.stream(name.split("_")).anyMatch(RIDDLES::contains)))
                .isEmpty();
    }
}
