// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a main class in its own JVM, with this one's class path and seed. It can be driven by lines,
 * traced, dumped, or killed.
 */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Returns a builder for the start. */
    public static Builder of(Class<?> main) {
        return new Builder(main);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the next line of output; null when it has ended. */
    public @Nullable String line() throws IOException {
        return output.readLine();
    }

    /** Returns all output from now to its end. */
    public List<String> rest() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); line != null; line = line()) {
            lines.add(line);
        }
        return lines;
    }

    public void say(String line) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
    }

    /**
     * Kills it, by SIGKILL if available. Earlier output stays readable, which
     * {@link Process#destroyForcibly} would prevent.
     */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }

    /** Asks it to end, and kills it after that time. */
    public void stop(Duration grace) {
        process.destroy();
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /** Writes its live objects as a heap dump. */
    public void dumpHeap(Path file) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process dump = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.heap_dump", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (dump.onExit().join().exitValue() != 0) {
            throw new IOException(said);
        }
    }

    /** Waits for its end and returns its exit code. */
    public int exitValue() {
        return process.onExit().join().exitValue();
    }

    /** Kills it and waits until it is gone. */
    @Override
    public void close() {
        kill();
        process.onExit().join();
    }

    /** Collects the settings of the start. */
    public static final class Builder {
        private static final long LIMIT_SECONDS = 100;

        private final Class<?> main;
        private final List<String> before = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private @Nullable String classPath;
        private @Nullable Path directory;
        private @Nullable Path output;

        private Builder(Class<?> main) {
            this.main = main;
        }

        /** Sets words before {@code java} on the command line, such as a tracer. */
        public Builder before(List<String> words) {
            before.addAll(words);
            return this;
        }

        /** Sets options of the JVM. */
        public Builder options(List<String> words) {
            options.addAll(words);
            return this;
        }

        public Builder arguments(String... words) {
            arguments.addAll(List.of(words));
            return this;
        }

        /** Sets the class path; default: this process's. */
        public Builder classPath(String path) {
            classPath = path;
            return this;
        }

        /** Adds variables to this process's environment. */
        public Builder environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        /** Sets its directory; default: this process's. */
        public Builder directory(Path where) {
            directory = where;
            return this;
        }

        /** Sets a file for its output; default: {@link ChildJvm#line}. */
        public Builder output(Path file) {
            output = file;
            return this;
        }

        public ChildJvm start() throws IOException {
            List<String> command = new ArrayList<>(before);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-D" + Seeds.PROPERTY + "=" + Seeds.run());
            command.addAll(options);
            String path = classPath == null ? System.getProperty("java.class.path") : classPath;
            command.addAll(List.of("-cp", path, main.getName()));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            if (directory != null) {
                builder.directory(directory.toFile());
            }
            if (output != null) {
                builder.redirectOutput(output.toFile());
            }
            return new ChildJvm(builder.start());
        }

        /**
         * Runs it to its end in a directory and writes its output to {@code output.txt} there.
         *
         * @return its output
         * @throws AssertionError if it failed, or did not end in 100 s
         */
        public String runIn(Path where) throws IOException {
            Path printed = where.resolve("output.txt");
            try (ChildJvm child = directory(where).output(printed).start()) {
                boolean ended = child.process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
                String text = Files.readString(printed, StandardCharsets.UTF_8);
                if (!ended || child.exitValue() != 0) {
                    throw new AssertionError((ended ? "exit " + child.exitValue() : "no end") + "\n" + text);
                }
                return text;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
