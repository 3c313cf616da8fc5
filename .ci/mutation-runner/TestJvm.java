// SPDX-License-Identifier: Apache-2.0
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs tests of one module in a JVM of their own, on the class path. */
final class TestJvm {
    /** A test class, and which of its methods, or null for all. */
    record Test(BuiltModule module, String type, String method) {
        String selector() {
            return method == null ? type : type + "#" + method;
        }

        /** Whether a result is one of its own; a class that failed as a whole has "*" for its method. */
        boolean covers(Result result) {
            return result.type.equals(type)
                    && (method == null || result.method.equals(method) || result.method.equals("*"));
        }
    }

    /** A line of {@link NamedTests}. */
    record Result(String status, String type, String method) {
        boolean failed() {
            return status.equals("FAILED") || timedOut();
        }

        boolean timedOut() {
            return status.equals("TIMED_OUT");
        }

        String name() {
            String simple = type.substring(type.lastIndexOf('.') + 1);
            return method.equals("*") ? simple + ", as a whole" : simple + "#" + method;
        }
    }

    /**
     * What came of it.
     *
     * @param failure the first test that failed, or how the JVM ended if it did not end well, or nothing
     * @param slow whether nothing but time says that it failed
     */
    record Finished(List<Result> results, String failure, boolean slow) {}

    private final Path logs;
    private final Path runner;
    private final int seconds;
    private final List<String> options;

    /**
     * {@code runner}: where {@link NamedTests} is compiled; {@code seconds}: how long tests may take together; a single one two
     * thirds of that; {@code options}: of the JVM.
     */
    TestJvm(Path logs, Path runner, int seconds, String... options) {
        this.logs = logs;
        this.runner = runner;
        this.seconds = seconds;
        this.options = List.of(options);
    }

    /** {@code replaced}: folders of classes, and what to run in place of each. */
    Finished run(String name, BuiltModule module, List<Test> tests, Map<Path, Path> replaced)
            throws IOException, InterruptedException {
        Path temporary = Files.createTempDirectory("mutation");
        Files.createDirectories(logs);
        Path log = logs.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporary,
                "-Djava.util.logging.config.file=src/test/resources/logging.properties",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Djunit.jupiter.execution.timeout.default=" + seconds * 2 / 3 + " s"));
        command.addAll(options);
        command.addAll(module.options());
        command.addAll(List.of("-cp", module.testPath(replaced) + File.pathSeparator + runner, "NamedTests"));
        tests.forEach(test -> command.add(test.selector()));
        Process process = new ProcessBuilder(command)
                .directory(module.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended;
        try {
            ended = process.waitFor(seconds, TimeUnit.SECONDS);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            FileTree.delete(temporary);
        }
        List<Result> results = FileTree.text(log)
                .lines()
                .filter(line -> line.startsWith("@@ "))
                .map(line -> line.split(" "))
                .map(words -> new Result(words[1], words[2], words[3]))
                .toList();
        // SIGKILL, and not ours: nothing is known of the tests.
        boolean cut = !ended || process.exitValue() == 137;
        String end = !ended ? "no end within " + seconds + " s" : process.exitValue() != 0 ? "the JVM's exit code" : "";
        List<Result> failed = results.stream()
                .filter(Result::failed)
                .sorted(Comparator.comparing(Result::timedOut))
                .toList();
        return failed.isEmpty()
                ? new Finished(results, end, cut)
                : new Finished(results, failed.get(0).name(), failed.get(0).timedOut());
    }
}
