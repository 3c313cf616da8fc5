// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/rfcs.md says what is so. */
class RfcTableTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| [0-9]{4}.*$");
    private static final Pattern NAMED = Pattern.compile("RFC ?([0-9]{4})\\b");
    private static final Pattern NUMBER = Pattern.compile("\\b([0-9]{4})\\b");

    private static Set<String> all(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static Stream<Path> sources(String folder) throws IOException {
        return Files.walk(ROOT.resolve(folder)).filter(file -> file.toString().endsWith(".java"));
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/rfcs.md"));
    }

    @Test
    void each_test_that_it_names_exists() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String module : new String[] {
            "engine-ports",
            "engine-stack",
            "engine-core",
            "adapters-phonesystems",
            "adapters-appcast",
            "adapters-keystore",
            "testkit/pbx",
            "testkit/soak"
        }) {
            try (Stream<Path> files = sources(module + "/src/test/java")) {
                files.map(file -> file.getFileName().toString().replace(".java", ""))
                        .forEach(tests::add);
            }
        }

        assertThat(tests).containsAll(all(TEST, page())).hasSizeGreaterThan(300);
    }

    @Test
    void each_row_names_a_test() throws IOException {
        assertThat(ROW.matcher(page()).results().map(row -> row.group()).collect(Collectors.toList()))
                .hasSizeGreaterThan(60)
                .allSatisfy(row -> assertThat(all(TEST, row)).as(row).isNotEmpty());
    }

    @Test
    void each_RFC_that_the_engine_names_is_there() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String module : new String[] {"engine-ports", "engine-stack", "engine-core", "adapters-phonesystems"}) {
            try (Stream<Path> files = sources(module + "/src/main/java")) {
                for (Path file : files.toList()) {
                    named.addAll(all(NAMED, Files.readString(file)));
                }
            }
        }

        assertThat(all(NUMBER, page())).containsAll(named);
    }
}
