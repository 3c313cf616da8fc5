// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks docker/ on machines that do not build images. */
class ContainerRecipeTest {
    private static final Path DOCKER = Path.of("../../docker");
    private static final Set<String> PROGRAMS = Set.of("pbx", "jmeter");

    private final List<String> lines = Files.readAllLines(DOCKER.resolve("Dockerfile"));

    ContainerRecipeTest() throws IOException {}

    @Test
    void each_image_is_of_a_base_with_an_exact_version() {
        Set<String> stages = new TreeSet<>();
        for (String line : instructions("FROM")) {
            String[] words = line.split("\\s+");
            assertThat(words).as(line).hasSize(4);
            assertThat(stages.contains(words[1]) || words[1].matches("[a-z/-]+:[0-9]+\\.[0-9]+\\.[0-9]+.*"))
                    .as(line)
                    .isTrue();
            stages.add(words[3]);
        }
        assertThat(stages).containsAll(PROGRAMS);
    }

    @Test
    void images_run_unprivileged_and_declare_their_ports() {
        for (String program : PROGRAMS) {
            assertThat(stage(program)).anyMatch(line -> line.matches("USER [1-9][0-9]+:[1-9][0-9]+"));
            assertThat(stage(program)).anyMatch(line -> line.startsWith("EXPOSE "));
            assertThat(stage(program)).anyMatch(line -> line.startsWith("ENTRYPOINT ["));
        }
    }

    @Test
    void no_secret_is_in_an_image_or_among_arguments() throws IOException {
        assertThat(instructions("ENV")).isEmpty();
        assertThat(instructions("ARG")).isEmpty();
        assertThat(instructions("ADD")).isEmpty();
        String compose = Files.readString(DOCKER.resolve("compose.yaml"));
        assertThat(compose).doesNotContain("environment:").doesNotContain("privileged: true");
        assertThat(Pattern.compile("^ +file: (.*)$", Pattern.MULTILINE)
                        .matcher(compose)
                        .results()
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .allMatch(file -> file.startsWith("secrets/"));
        assertThat(Files.readString(Path.of("../../.dockerignore"))).contains("docker/secrets");
        assertThat(Files.readString(Path.of("../../.gitignore"))).contains("docker/secrets");
    }

    @Test
    void files_that_the_recipe_copies_exist() {
        String all = String.join("\n", lines);
        assertThat(Path.of("../cli/pom.xml")).exists();
        assertThat(Path.of("../jmeter-home/pom.xml")).exists();
        assertThat(Path.of("examples/calls.jmx")).exists();
        assertThat(Path.of("examples/callclient.properties")).exists();
        assertThat(all).contains("testkit/cli", "testkit/jmeter-home", "testkit/jmeter/examples");
    }

    private List<String> instructions(String name) {
        return lines.stream().filter(line -> line.startsWith(name + ' ')).toList();
    }

    /** Returns the lines from its FROM to the next. */
    private List<String> stage(String name) {
        int from = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("FROM ")) {
                if (from >= 0) {
                    return lines.subList(from, i);
                }
                from = lines.get(i).endsWith(" AS " + name) ? i : -1;
            }
        }
        assertThat(from).as(name).isNotNegative();
        return lines.subList(from, lines.size());
    }
}
