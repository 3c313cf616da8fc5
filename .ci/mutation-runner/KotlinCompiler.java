// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Compiles the Kotlin of a module, in a JVM of its own: the compiler is Maven's, and no library of this runner's. A module's files are
 * compiled together, as each sees what is internal to the others.
 */
final class KotlinCompiler {
    private KotlinCompiler() {}

    /** {@code changed}: files that stand for those of the module's {@code src/main/kotlin}. Returns the first error, or nothing. */
    static String compile(BuiltModule module, Path changed, String classPath, Path to) throws IOException {
        Path sources = module.folder().resolve("src/main/kotlin");
        List<Path> files = new ArrayList<>(FileTree.files(changed));
        FileTree.files(sources).stream()
                .filter(file -> !files.contains(changed.resolve(sources.relativize(file))))
                .toList()
                .forEach(files::add);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "@" + module.kotlinCompiler(),
                "-d",
                to.toString(),
                "-cp",
                classPath));
        files.stream()
                .map(Path::toString)
                .filter(file -> file.endsWith(".kt"))
                .forEach(command::add);
        Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            return process.waitFor() == 0
                    ? ""
                    : MutatedClasses.firstLine(output.lines()
                            .filter(line -> line.contains("error: "))
                            .collect(Collectors.joining("\n")));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
