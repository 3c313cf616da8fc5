// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks the test sources of all modules: random choices use the run's seed, and nothing is skipped
 * silently.
 */
class TestSourcesTest {
    private static final Pattern OWN_DICE = Pattern.compile(
            "new (java\\.util\\.)?(Splittable)?Random\\((?!Seeds\\.|\\) \\{)|ThreadLocalRandom|Math\\.random\\(");

    private static final List<String> WITH_OWN_DICE = List.of(
            // its module is below the one that has the seed; the numbers are a fixed table
            "engine-ports/src/test/java/com/techpro/callclient/ports/audio/pcm/ResamplerTest.java",
            // mixes the run's seed
            "testkit/contracts/src/main/java/com/techpro/callclient/testkit/contracts/Seeds.java",
            "testkit/contracts/src/main/java/com/techpro/callclient/testkit/contracts/VirtualTime.java",
            // get a seed that already contains the run's
            "testkit/contracts/src/main/java/com/techpro/callclient/testkit/contracts/NetworkPath.java",
            "testkit/contracts/src/main/java/com/techpro/callclient/testkit/contracts/Sound.java",
            // this test
            "testkit/contracts/src/test/java/com/techpro/callclient/testkit/contracts/TestSourcesTest.java");

    private static final Pattern OWN_SKIPS = Pattern.compile(
            "assumeTrue\\(|assumeFalse\\(|assumeThat|assumingThat|Assumptions\\.|new TestAbortedException");

    private static final List<String> WITH_OWN_SKIPS = List.of(
            // prints a skip, or fails instead
            "testkit/contracts/src/main/java/com/techpro/callclient/testkit/contracts/Precondition.java",
            // rows of the table that the user did not request
            "testkit/soak/src/test/java/com/techpro/callclient/testkit/soak/attack/AttackTest.java",
            "testkit/soak/src/test/java/com/techpro/callclient/testkit/soak/attack/TlsMatrixTest.java",
            // their samples include some that skip
            "testkit/pbx/src/test/java/com/techpro/callclient/testkit/pbx/TraceExtensionTest.java",
            "testkit/cli/src/test/java/com/techpro/callclient/testkit/cli/kit/KitCommandTest.java",
            // tested by these
            "testkit/contracts/src/test/java/com/techpro/callclient/testkit/contracts/ClauseSkipsTest.java",
            "testkit/contracts/src/test/java/com/techpro/callclient/testkit/contracts/SeedsTest.java",
            "testkit/contracts/src/test/java/com/techpro/callclient/testkit/contracts/TestSourcesTest.java");

    /** .ci/run knows three. */
    private static final Pattern NO_DAY = Pattern.compile("@Tag\\(\"day-(?![012]\"\\))");

    @Test
    void no_test_has_a_day_that_never_comes() throws IOException {
        assertThat(withAny(NO_DAY)).isEmpty();
    }

    @Test
    void no_test_has_dice_of_its_own() throws IOException {
        assertThat(withAny(OWN_DICE)).containsExactlyInAnyOrderElementsOf(WITH_OWN_DICE);
    }

    @Test
    void no_test_skips_by_itself() throws IOException {
        assertThat(withAny(OWN_SKIPS)).containsExactlyInAnyOrderElementsOf(WITH_OWN_SKIPS);
    }

    @Test
    void the_patterns_match_the_code_they_look_for() {
        assertThat(Stream.of("new Random(3)", "new Random()", "new java.util.Random(x)", "new SplittableRandom(1)"))
                .allMatch(OWN_DICE.asPredicate());
        assertThat(Stream.of("Seeds.random(3)", "new Random(Seeds.of(3)) {", "new Random() {", "new SecureRandom()"))
                .noneMatch(OWN_DICE.asPredicate());
        assertThat(Stream.of("assumeTrue(posix)", "Assumptions.abort(\"no\")", "throw new TestAbortedException(x)"))
                .allMatch(OWN_SKIPS.asPredicate());
        assertThat(Stream.of("@Tag(\"day-3\")", "@Tag(\"day-\")", "@Tag(\"day-10\")"))
                .allMatch(NO_DAY.asPredicate());
        assertThat(Stream.of("@Tag(\"day-0\")", "@Tag(\"day-2\")")).noneMatch(NO_DAY.asPredicate());
    }

    private static List<String> withAny(Pattern pattern) throws IOException {
        return Stream.concat(sources("src/test/java"), sources("testkit/contracts/src/main/java"))
                .filter(file -> holds(file, pattern))
                .map(file -> root().relativize(file).toString().replace('\\', '/'))
                .toList();
    }

    private static boolean holds(Path file, Pattern pattern) {
        try {
            return pattern.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Java files below the modules' folders of that name. */
    private static Stream<Path> sources(String folder) throws IOException {
        try (Stream<Path> all = Files.walk(root(), 20)) {
            return all
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().replace('\\', '/').contains("/" + folder + "/"))
                    .toList()
                    .stream();
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".ci"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
