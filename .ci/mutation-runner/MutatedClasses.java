// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** Makes a mutant's classes: a copy of its modules' classes in which those are exchanged that its patch changes. */
final class MutatedClasses {
    /** {@code replaced}: folders of classes, and the copy of each; {@code defect}: what is wrong, or nothing. */
    record Made(Map<Path, Path> replaced, String defect) {}

    private final Path root;
    private final Mutant mutant;
    private final Path source;

    /** {@code copy}: a folder for what is made here; it is the caller's to delete. */
    MutatedClasses(Path root, Mutant mutant, Path copy) {
        this.root = root;
        this.mutant = mutant;
        source = copy.resolve("source");
    }

    /** Applies the patch to a copy of the files that it changes. Returns what is wrong, or nothing. */
    String apply() throws IOException, InterruptedException {
        Files.createDirectories(source);
        for (String file : mutant.files()) {
            if (Files.exists(root.resolve(file))) {
                Files.createDirectories(source.resolve(file).getParent());
                Files.copy(root.resolve(file), source.resolve(file));
            }
        }
        ProcessBuilder git = new ProcessBuilder(
                        "git", "apply", "-C1", mutant.patch().toString())
                .directory(source.toFile())
                .redirectErrorStream(true);
        // The copy is no part of the repository around it.
        git.environment().put("GIT_CEILING_DIRECTORIES", source.getParent().toString());
        Process process = git.start();
        String output = new String(process.getInputStream().readAllBytes());
        return process.waitFor() == 0 ? "" : firstLine(output);
    }

    /** Compiles what {@link #apply} has changed, module by module; a module's own modules come before it. */
    Made compile(List<BuiltModule> modules) throws IOException {
        Map<Path, Path> replaced = new LinkedHashMap<>();
        for (BuiltModule module : modules) {
            Path sources = source.resolve(root.relativize(module.folder())).resolve("src/main");
            List<Path> java = FileTree.files(sources.resolve("java"));
            List<Path> kotlin = FileTree.files(sources.resolve("kotlin"));
            if (java.isEmpty() && kotlin.isEmpty()) {
                continue;
            }
            Path compiled = source.resolveSibling("compiled-" + replaced.size());
            String error = java.isEmpty() ? "" : compile(java, module.testPath(replaced), compiled);
            if (error.isEmpty() && !kotlin.isEmpty()) {
                error = KotlinCompiler.compile(
                        module, sources.resolve("kotlin"), module.librariesPath(replaced), compiled);
            }
            if (!error.isEmpty()) {
                return new Made(replaced, error);
            }
            Path classes = source.resolveSibling("classes-" + replaced.size());
            for (Path file : FileTree.files(module.classes())) {
                Path to = classes.resolve(module.classes().relativize(file));
                Files.createDirectories(to.getParent());
                Files.createLink(to, file);
            }
            for (Path file : FileTree.files(compiled)) {
                Path to = classes.resolve(compiled.relativize(file));
                Files.createDirectories(to.getParent());
                Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
            replaced.put(module.classes(), classes);
        }
        return new Made(replaced, "");
    }

    /** Returns the first error, or nothing. */
    static String compile(List<Path> files, String classPath, Path to) throws IOException {
        Files.createDirectories(to);
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d", to.toString(), "-cp", classPath, "-g", "-parameters", "-nowarn", "-proc:none", "--release", "17");
            boolean compiled = compiler.getTask(
                            output, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            return compiled ? "" : firstLine(output.toString());
        }
    }

    static String firstLine(String output) {
        return output.lines().findFirst().orElse("no reason given").replaceAll(".*/src/main/(java|kotlin)/", "");
    }
}
