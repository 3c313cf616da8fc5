// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;

import com.android.tools.r8.CompilationMode;
import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.Diagnostic;
import com.android.tools.r8.DiagnosticsHandler;
import com.android.tools.r8.OutputMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link AndroidProgram} becomes DEX code for API 26, without library desugaring. It takes minutes, and runs on demand.
 */
@Tag("dex")
@Timeout(900)
class DexTest {
    private static final int API = 26;
    private static final long MOST_BYTES = 20_000_000;

    @TempDir
    private Path directory;

    @Test
    void d8_takes_all_of_it() throws Exception {
        Messages messages = new Messages();
        AndroidProgram program = new AndroidProgram(directory);
        Path out = Files.createDirectory(directory.resolve("d8"));
        D8.run(D8Command.builder(messages)
                .addProgramFiles(program.all())
                .addLibraryFiles(program.device())
                .setMinApiLevel(API)
                .setMode(CompilationMode.RELEASE)
                .setOutput(out, OutputMode.DexIndexed)
                .build());
        assertThat(messages.told).isEmpty();
        long size = sizeOf(out);
        System.out.printf("DEX code of everything: %,d bytes%n", size);
        assertThat(size).isBetween(MOST_BYTES / 2, MOST_BYTES);
    }

    /** All but news of Kotlin's metadata, which are for Kotlin's reflection: OkHttp's Kotlin is newer than this D8, and reflects on nothing. */
    private static final class Messages implements DiagnosticsHandler {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void error(Diagnostic message) {
            told.add("error: " + message.getDiagnosticMessage());
        }

        @Override
        public void warning(Diagnostic message) {
            String text = message.getDiagnosticMessage();
            if (!text.toLowerCase(Locale.ROOT).contains("kotlin metadata")) {
                told.add("warning: " + text);
            }
        }

        @Override
        public void info(Diagnostic message) {}
    }

    private static long sizeOf(Path out) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                size += Files.size(file);
            }
        }
        return size;
    }
}
