// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The command. Each mutant is a patch of main code with the tests that must notice it. Works on what Maven has compiled: a mutant's changed
 * files are compiled into a copy of their module's classes, and its tests run on that in a JVM of their own. First the tests of all run
 * without any mutant, so that one which is red anyway cannot pass for one that noticed.
 */
final class Mutations {
    private static final String HELP =
            """
            .ci/mutations [--all] [--parallel N] [NAME...]   names of .ci/mutants without ".patch"; globs too
              without names: a dozen, another one each day, all of them in turn
              --all          all mutants
              --change BASE  mutants of files that changed since a commit, as many as eight minutes allow
              --list         prints the mutants and runs none
              --parallel N   how many at a time; 2 without it
              --self-check   runs the runner on a project of two classes, with a mutant for each verdict
            Needs compiled classes: mvn test-compile (mvn verify will do). What each run printed is in target/mutations.
            The exit code is 0 if each mutant was killed.""";
    private static final int DOZEN = 12;
    private static final Duration LONGEST_OF_CHANGE = Duration.ofMinutes(8);

    private Mutations() {}

    public static void main(String[] arguments) throws Exception {
        List<String> names = new ArrayList<>(List.of(arguments));
        if (names.contains("--help") || names.contains("-h")) {
            System.out.println(HELP);
            return;
        }
        boolean all = names.remove("--all");
        boolean list = names.remove("--list");
        boolean selfCheck = names.remove("--self-check");
        int parallel = Integer.parseInt(option(names, "--parallel", "2"));
        String base = option(names, "--change", "");
        Path root = Path.of("").toAbsolutePath();
        Path runner = root.resolve("target/mutations/runner");
        if (selfCheck) {
            System.exit(selfCheck(root, runner) ? 0 : 1);
        }
        List<Mutant> mutants = Mutant.in(root.resolve(".ci/mutants"));
        List<Mutant> chosen = !base.isEmpty()
                ? turned(changed(root, mutants, base))
                : all ? mutants : names.isEmpty() ? dozen(mutants) : named(mutants, names);
        if (list) {
            chosen.forEach(mutant ->
                    System.out.printf("%-50s %-8s %s%n", mutant.name(), mutant.breaks(), mutant.header().get("What")));
            return;
        }
        MutationRun run = new MutationRun(root, runner, 180);
        if (!run.defect().isEmpty()) {
            fail(run.defect());
        }
        boolean killed = base.isEmpty() ? killed(run, chosen, parallel) : killedInTime(run, chosen, parallel);
        System.exit(killed ? 0 : 1);
    }

    private static String option(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        if (at < 0 || at + 1 == arguments.size()) {
            return otherwise;
        }
        String value = arguments.remove(at + 1);
        arguments.remove(at);
        return value;
    }

    private static boolean killed(MutationRun run, List<Mutant> mutants, int parallel) throws Exception {
        return run.run(mutants, parallel).values().stream()
                .allMatch(outcome -> outcome.verdict() == MutationRun.Verdict.KILLED);
    }

    /** A dozen after the other, as long as another that takes as long as the slowest ends in time. */
    private static boolean killedInTime(MutationRun run, List<Mutant> mutants, int parallel) throws Exception {
        long begun = System.nanoTime();
        long slowest = 0;
        boolean killed = true;
        int at = 0;
        while (at < mutants.size() && System.nanoTime() - begun + slowest < LONGEST_OF_CHANGE.toNanos()) {
            long dozen = System.nanoTime();
            int end = Math.min(at + DOZEN, mutants.size());
            killed &= killed(run, mutants.subList(at, end), parallel);
            at = end;
            slowest = Math.max(slowest, System.nanoTime() - dozen);
        }
        System.out.printf("%d of %d mutants of changed files were run%n", at, mutants.size());
        mutants.subList(at, mutants.size()).forEach(mutant -> System.out.println("no time for " + mutant.name()));
        return killed;
    }

    private static List<Mutant> dozen(List<Mutant> mutants) {
        List<Mutant> turned = turned(mutants);
        return turned.subList(0, Math.min(DOZEN, turned.size()));
    }

    /** Each day another dozen is first. */
    private static List<Mutant> turned(List<Mutant> mutants) {
        long day = LocalDate.now(ZoneOffset.UTC).toEpochDay();
        List<Mutant> turned = new ArrayList<>(mutants);
        if (!turned.isEmpty()) {
            Collections.rotate(turned, (int) -(day * DOZEN % turned.size()));
        }
        return turned;
    }

    /** Those of which a file that they change, or the patch itself, is not what it was at the commit. */
    private static List<Mutant> changed(Path root, List<Mutant> mutants, String base) throws Exception {
        Process git = new ProcessBuilder("git", "diff", "--name-only", "--merge-base", base)
                .directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> changed =
                new String(git.getInputStream().readAllBytes()).lines().toList();
        if (git.waitFor() != 0) {
            fail("git knows no changes since " + base);
        }
        return mutants.stream()
                .filter(mutant -> changed.contains(root.relativize(mutant.patch()).toString())
                        || mutant.files().stream().anyMatch(changed::contains))
                .toList();
    }

    private static List<Mutant> named(List<Mutant> mutants, List<String> names) {
        Set<Mutant> chosen = new LinkedHashSet<>();
        for (String name : names) {
            String glob = name.replaceAll(".*/", "").replaceAll("\\.patch$", "");
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            List<Mutant> found = mutants.stream()
                    .filter(mutant -> matcher.matches(Path.of(mutant.name())))
                    .toList();
            if (found.isEmpty()) {
                fail("no mutant is called " + name);
            }
            chosen.addAll(found);
        }
        return List.copyOf(chosen);
    }

    /** A project of two small modules is mutated; each mutant's header says which verdict it must get. */
    private static boolean selfCheck(Path root, Path runner) throws Exception {
        Path project = root.resolve("target/mutations/self-check");
        copy(root.resolve(".ci/mutation-runner/self-check"), project);
        like(root.resolve("testkit/contracts"), project.resolve("module"));
        like(root.resolve("engine-kotlin"), project.resolve("kotlin"));
        String defect = "";
        for (BuiltModule module : BuiltModule.in(project)) {
            defect += build(module);
        }
        MutationRun run = new MutationRun(project, runner, 30);
        if (!(defect + run.defect()).isEmpty()) {
            fail(defect + run.defect());
        }
        boolean right = true;
        Map<Mutant, MutationRun.Outcome> outcomes = run.run(Mutant.in(project.resolve("mutants")), 2);
        for (Map.Entry<Mutant, MutationRun.Outcome> entry : outcomes.entrySet()) {
            String expected = entry.getKey().header().get("Expect");
            String found = entry.getValue().verdict() + " " + entry.getValue().reason();
            if (!found.equals(expected)) {
                System.out.printf("%s: is \"%s\", not \"%s\"%n", entry.getKey().name(), found, expected);
                right = false;
            }
        }
        System.out.println(right ? "each verdict is right" : "the runner is wrong");
        return right;
    }

    /** Gives a module what Maven has written for another one. */
    private static void like(Path built, Path module) throws IOException {
        Files.createDirectories(module.resolve("target"));
        for (String file : List.of("target/test.classpath", "target/kotlin-compiler.arguments")) {
            if (Files.exists(built.resolve(file))) {
                Files.copy(built.resolve(file), module.resolve(file));
            }
        }
    }

    /** Returns the first error, or nothing. */
    private static String build(BuiltModule module) throws IOException {
        Path main = module.folder().resolve("src/main");
        List<Path> java = FileTree.files(main.resolve("java"));
        String libraries = module.librariesPath(Map.of());
        String defect = java.isEmpty()
                ? KotlinCompiler.compile(module, main.resolve("kotlin"), libraries, module.classes())
                : MutatedClasses.compile(java, libraries, module.classes());
        return defect
                + MutatedClasses.compile(
                        FileTree.files(module.folder().resolve("src/test/java")),
                        module.testPath(Map.of()),
                        module.testClasses());
    }

    private static void copy(Path from, Path to) throws IOException {
        FileTree.delete(to);
        for (Path file : FileTree.files(from)) {
            Path copy = to.resolve(from.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private static void fail(String message) {
        System.err.println(".ci/mutations: " + message);
        System.exit(2);
    }
}
