// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The seeds of a fuzzing campaign and what it ever found: files where Jazzer looks for them, replayed by every build. */
public final class Corpus {
    private Corpus() {}

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
}
