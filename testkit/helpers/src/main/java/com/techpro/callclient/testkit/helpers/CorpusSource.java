// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.helpers;

import java.io.IOException;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Replays the seeds and findings of fuzzing campaigns, without the fuzzer: one byte array a file. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(CorpusSource.Inputs.class)
public @interface CorpusSource {
    /** The fuzz tests of the same class whose inputs these are. */
    String[] value();

    /** Reads the files. */
    final class Inputs implements ArgumentsProvider, AnnotationConsumer<CorpusSource> {
        private String[] targets = {};

        @Override
        public void accept(CorpusSource source) {
            targets = source.value();
        }

        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context)
                throws IOException {
            List<Path> inputs = new ArrayList<>();
            for (String target : targets) {
                inputs.addAll(Corpus.of(context.getRequiredTestClass(), target));
            }
            List<Arguments> arguments = new ArrayList<>();
            for (Path input : inputs) {
                arguments.add(Arguments.of(
                        Named.of(String.valueOf(input.getFileName()), (Object) Files.readAllBytes(input))));
            }
            return arguments.stream();
        }
    }
}
