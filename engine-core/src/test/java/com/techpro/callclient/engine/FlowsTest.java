// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/flows.md has every flow of its RFCs and every test of them, and the tests that it names exist. */
class FlowsTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)(?:#(\\w+))?`");
    private static final Pattern TEST = Pattern.compile("    void (\\w+_\\w+)\\(");
    private static final Pattern FLOW = Pattern.compile("^- \\*\\*([0-9.]+) ", Pattern.MULTILINE);

    private final Path root = root();

    /** From wherever the tests run: Maven does it in the module. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/flows.md"))) {
            here = here.getParent();
        }
        return here;
    }

    private String document() throws IOException {
        return Files.readString(root.resolve("docs/flows.md"));
    }

    @Test
    void no_flow_is_missing() throws IOException {
        Map<String, List<String>> sections = new HashMap<>();
        for (String part : document().split("\n## RFC ")) {
            List<String> flows = new ArrayList<>();
            Matcher flow = FLOW.matcher(part);
            while (flow.find()) {
                flows.add(flow.group(1));
            }
            sections.put(part.substring(0, 4), flows);
        }

        assertThat(sections.get("3665")).containsExactlyElementsOf(numbered("2.", 5, "3.", 11));
        assertThat(sections.get("5359")).containsExactlyElementsOf(numbered("2.", 18, "", 0));
        assertThat(sections.get("5589"))
                .containsExactlyElementsOf(with(numbered("6.", 3, "7.", 7), "8", "9", "10", "11"));
    }

    private static List<String> numbered(String first, int many, String second, int more) {
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= many; i++) {
            all.add(first + i);
        }
        for (int i = 1; i <= more; i++) {
            all.add(second + i);
        }
        return all;
    }

    private static List<String> with(List<String> some, String... more) {
        some.addAll(List.of(more));
        return some;
    }

    @Test
    void each_test_that_is_named_exists() throws IOException {
        Map<String, String> sources = sources();
        Matcher named = NAMED.matcher(document());
        int count = 0;
        while (named.find()) {
            String source = sources.get(named.group(1));
            assertThat(source).as(named.group(1)).isNotNull();
            if (named.group(2) != null) {
                assertThat(source).as(named.group()).contains("    void " + named.group(2) + "(");
            }
            count++;
        }
        assertThat(count).isGreaterThan(50);
    }

    @Test
    void each_test_of_a_flow_is_named() throws IOException {
        String document = document();
        int count = 0;
        for (Map.Entry<String, String> source : sources().entrySet()) {
            if (source.getKey().matches("Rfc(3665|5359|5589)\\w*Test")) {
                Matcher test = TEST.matcher(source.getValue());
                while (test.find()) {
                    assertThat(document).contains("`" + source.getKey() + "#" + test.group(1) + "`");
                    count++;
                }
            }
        }
        assertThat(count).isGreaterThan(30);
    }

    private Map<String, String> sources() throws IOException {
        List<Path> modules;
        try (Stream<Path> folders = Files.walk(root, 2)) {
            modules = folders.map(folder -> folder.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .collect(Collectors.toList());
        }
        Map<String, String> sources = new HashMap<>();
        for (Path module : modules) {
            try (Stream<Path> files = Files.walk(module)) {
                files.filter(file -> file.toString().endsWith("Test.java"))
                        .forEach(file ->
                                sources.put(file.getFileName().toString().replace(".java", ""), read(file)));
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
