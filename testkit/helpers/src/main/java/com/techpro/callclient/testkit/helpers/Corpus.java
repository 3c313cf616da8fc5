// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.helpers;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The seeds of a fuzzing campaign and what it ever found: files where Jazzer looks for them, replayed by every build. */
public final class Corpus {
    private Corpus() {}

    /** How many of so many inputs this build tries: with {@code callclient.fuzz.percent} less than all. */
    public static int share(int times) {
        return times * Integer.getInteger("callclient.fuzz.percent", 100) / 100;
    }

    public static List<Path> of(Class<?> test, String target) {
        URL inputs = test.getResource(test.getSimpleName() + "Inputs/" + target);
        if (inputs == null) {
            throw new IllegalStateException("a campaign without seeds");
        }
        try (Stream<Path> files = Files.walk(Path.of(inputs.toURI()))) {
            return files.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The content of each file. */
    public static List<byte[]> inputs(Class<?> test, String target) {
        List<byte[]> inputs = new ArrayList<>();
        for (Path each : of(test, target)) {
            try {
                inputs.add(Files.readAllBytes(each));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return inputs;
    }

    /**
     * Has each seed looked at, whole and damaged in a place or two, {@link #share} of so many times. The damage must not be so great that
     * nothing beyond the parser is tried.
     *
     * @param grammar characters that mean something to the parser
     * @param understands what is tried, and whether it was understood; findings are among the seeds that are not, even undamaged
     */
    public static void damage(List<byte[]> seeds, int times, long seed, String grammar, Predicate<byte[]> understands) {
        Random random = Seeds.random(seed);
        int whole = 0;
        int understood = 0;
        for (int i = 0; i < share(times); i++) {
            byte[] input = seeds.get(i % seeds.size()).clone();
            whole += understands.test(input) ? 1 : 0;
            for (int hits = random.nextInt(3); hits > 0; hits--) {
                int at = random.nextInt(input.length);
                input[at] = (byte)
                        (random.nextBoolean() ? random.nextInt(256) : grammar.charAt(random.nextInt(grammar.length())));
            }
            understood += understands.test(input) ? 1 : 0;
        }
        assertThat(understood)
                .as("the damage must not be so great that nothing beyond the parser is tried")
                .isGreaterThan(whole * 3 / 8);
    }
}
