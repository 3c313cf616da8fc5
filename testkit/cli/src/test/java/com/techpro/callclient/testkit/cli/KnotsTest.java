// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.helpers.ClassKnots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every module, adapters and examples too; the engine's and the testkit's classes have the rule as well. */
class KnotsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    @Test
    void no_package_of_any_module_has_many_classes_that_all_reach_each_other() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path module : modules(ROOT)) {
            Path code = module.resolve("src/main/java");
            try (Stream<Path> files = Files.exists(code) ? Files.walk(code) : Stream.empty()) {
                files.filter(file -> file.toString().matches(".*/[A-Z]\\w*\\.java"))
                        .forEach(sources::add);
            }
        }

        assertThat(sources).hasSizeGreaterThan(1_000);
        assertThat(ClassKnots.tooLargeInSources(sources)).isEmpty();
    }

    private static List<Path> modules(Path parent) throws IOException {
        List<Path> all = new ArrayList<>(List.of(parent));
        for (MatchResult module : MODULE.matcher(Files.readString(parent.resolve("pom.xml")))
                .results()
                .toList()) {
            all.addAll(modules(parent.resolve(module.group(1))));
        }
        return all;
    }
}
