// SPDX-License-Identifier: Apache-2.0
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A module as Maven left it; {@code options}: what the JVM of its tests needs, if the build wrote that into {@code test.options}. */
record BuiltModule(Path folder, List<Path> classPath, List<String> options) {
    /** All modules that have main code, but the examples, some of which others build; those that others need come first. */
    static List<BuiltModule> in(Path root) {
        return FileTree.files(root, 3).stream()
                .filter(file -> !root.relativize(file).startsWith("examples"))
                .filter(file -> file.endsWith("pom.xml")
                        && (Files.isDirectory(file.resolveSibling("src/main/java"))
                                || Files.isDirectory(file.resolveSibling("src/main/kotlin"))))
                .map(file -> read(root, file.getParent()))
                .sorted(Comparator.comparing(module -> module.classPath.stream()
                        .filter(entry -> entry.startsWith(root))
                        .count()))
                .toList();
    }

    private static BuiltModule read(Path root, Path folder) {
        Path file = folder.resolve("target/test.classpath");
        List<Path> path = Files.exists(file)
                ? Arrays.stream(FileTree.text(file).strip().split(File.pathSeparator))
                        .map(Path::of)
                        // A module of ours counts with its folder of classes, whether it was packaged or not.
                        .map(entry -> entry.startsWith(root) && entry.getParent().endsWith("target")
                                ? entry.resolveSibling("classes")
                                : entry)
                        .toList()
                : List.of();
        Path options = folder.resolve("target/test.options");
        return new BuiltModule(
                folder,
                path,
                Files.exists(options)
                        ? FileTree.text(options).lines().map(String::strip).filter(line -> !line.isEmpty()).toList()
                        : List.of());
    }

    Path classes() {
        return folder.resolve("target/classes");
    }

    Path testClasses() {
        return folder.resolve("target/test-classes");
    }

    /** How java is started to compile its Kotlin; Maven writes it for a module that has any. */
    Path kotlinCompiler() {
        return folder.resolve("target/kotlin-compiler.arguments");
    }

    /** The class path of its tests, with some folders of classes replaced. */
    String testPath(Map<Path, Path> replaced) {
        return path(Stream.concat(Stream.of(testClasses(), classes()), classPath.stream()), replaced);
    }

    /** What of that is not its own. */
    String librariesPath(Map<Path, Path> replaced) {
        return path(classPath.stream(), replaced);
    }

    private static String path(Stream<Path> entries, Map<Path, Path> replaced) {
        return entries.map(entry -> replaced.getOrDefault(entry, entry).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What is missing, or nothing. */
    String defect() {
        boolean hasKotlin = Files.isDirectory(folder.resolve("src/main/kotlin"));
        if (!Files.isDirectory(classes()) || classPath.isEmpty() || hasKotlin && !Files.exists(kotlinCompiler())) {
            return folder + " is not built: run mvn test-compile";
        }
        if (newestSource("src/main") > newest(classes(), ".class")
                || newestSource("src/test") > newest(testClasses(), ".class")) {
            return folder + " has changed since it was built: run mvn test-compile";
        }
        return "";
    }

    private long newestSource(String part) {
        return Math.max(
                newest(folder.resolve(part).resolve("java"), ".java"),
                newest(folder.resolve(part).resolve("kotlin"), ".kt"));
    }

    private static long newest(Path folder, String suffix) {
        return FileTree.files(folder).stream()
                .filter(file -> file.toString().endsWith(suffix))
                .mapToLong(file -> file.toFile().lastModified())
                .max()
                .orElse(0);
    }
}
