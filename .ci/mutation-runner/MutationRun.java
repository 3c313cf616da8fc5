// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs mutants of one project, several at a time, and prints a line for each. */
final class MutationRun {
    enum Verdict {
        KILLED("killed"),
        SURVIVED("survived"),
        NO_MUTANT("is no mutant"),
        DOES_NOT_APPLY("does not apply"),
        DOES_NOT_COMPILE("does not compile"),
        TESTS_NOT_FOUND("tests not found"),
        RED_WITHOUT_IT("test was red already"),
        NO_TIME("too slow a machine");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** {@code reason}: which test noticed, or what is wrong. */
    record Outcome(Verdict verdict, String reason) {}

    private final Path root;
    private final Path scratch;
    private final int seconds;
    private final TestJvm jvm;
    private final TestJvm controlJvm;
    private final List<BuiltModule> modules;
    private final Map<String, List<TestJvm.Test>> testClasses = new TreeMap<>();

    /** {@code runner}: where {@link NamedTests} is compiled; {@code seconds}: how long the tests of a mutant may take. */
    MutationRun(Path root, Path runner, int seconds) {
        this.root = root;
        this.seconds = seconds;
        scratch = root.resolve("target/mutations");
        // The tests of one mutant are over before the optimising compiler pays: without it they take half the CPU.
        jvm = new TestJvm(scratch, runner, seconds, "-XX:TieredStopAtLevel=1");
        controlJvm = new TestJvm(scratch, runner, 5 * seconds);
        modules = BuiltModule.in(root);
        for (BuiltModule module : modules) {
            for (Path file : FileTree.files(module.testClasses())) {
                String path = module.testClasses().relativize(file).toString();
                if (path.endsWith(".class")) {
                    String type = path.substring(0, path.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.');
                    testClasses
                            .computeIfAbsent(simpleName(type), name -> new ArrayList<>())
                            .add(new TestJvm.Test(module, type, null));
                }
            }
        }
    }

    /** Why nothing can be run here, or nothing. */
    String defect() {
        return modules.isEmpty()
                ? "there are no modules in " + root
                : modules.stream()
                        .map(BuiltModule::defect)
                        .filter(defect -> !defect.isEmpty())
                        .findFirst()
                        .orElse("");
    }

    Map<Mutant, Outcome> run(List<Mutant> mutants, int parallel) throws Exception {
        long begun = System.nanoTime();
        Map<Mutant, Outcome> outcomes = new LinkedHashMap<>();
        ExecutorService workers = Executors.newFixedThreadPool(parallel);
        try {
            System.out.printf("%d mutants; first their tests without any%n", mutants.size());
            List<TestJvm.Result> control = control(mutants, workers);
            Map<Mutant, Future<Outcome>> running = new LinkedHashMap<>();
            mutants.forEach(mutant -> running.put(mutant, workers.submit(() -> judge(mutant, control))));
            for (Mutant mutant : mutants) {
                Outcome outcome = running.get(mutant).get();
                outcomes.put(mutant, outcome);
                System.out.printf(
                        "%-20s %-50s %-16s %s%n", outcome.verdict, mutant.name(), mutant.breaks(), outcome.reason);
            }
        } finally {
            workers.shutdownNow();
        }
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        outcomes.values().forEach(outcome -> counts.merge(outcome.verdict, 1, Integer::sum));
        System.out.printf(
                "%d mutants in %d s: %s%n",
                mutants.size(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", ")));
        return outcomes;
    }

    /** The tests of all these mutants, run on what was not changed; each once, in one JVM a module. */
    private List<TestJvm.Result> control(List<Mutant> mutants, ExecutorService workers) throws Exception {
        Map<BuiltModule, Set<TestJvm.Test>> tests = new LinkedHashMap<>();
        for (Mutant mutant : mutants) {
            mutant.tests().stream().flatMap(name -> find(name).stream()).forEach(test -> tests.computeIfAbsent(
                            test.module(), module -> new LinkedHashSet<>())
                    .add(test));
        }
        List<Future<TestJvm.Finished>> running = new ArrayList<>();
        tests.forEach((module, named) -> running.add(workers.submit(() -> controlJvm.run(
                "without-mutant-" + module.folder().getFileName(), module, List.copyOf(named), Map.of()))));
        List<TestJvm.Result> results = new ArrayList<>();
        for (Future<TestJvm.Finished> finished : running) {
            results.addAll(finished.get().results());
        }
        return results;
    }

    private Outcome judge(Mutant mutant, List<TestJvm.Result> control) throws IOException, InterruptedException {
        if (!mutant.defect().isEmpty()) {
            return new Outcome(Verdict.NO_MUTANT, mutant.defect());
        }
        Map<BuiltModule, List<TestJvm.Test>> tests = new LinkedHashMap<>();
        for (String name : mutant.tests()) {
            List<TestJvm.Test> found = find(name);
            if (found.size() != 1) {
                return new Outcome(Verdict.TESTS_NOT_FOUND, name + (found.isEmpty() ? "" : " is in several places"));
            }
            TestJvm.Test test = found.get(0);
            List<TestJvm.Result> own = control.stream().filter(test::covers).toList();
            if (own.stream().allMatch(result -> result.status().equals("NOT_RUN"))) {
                return new Outcome(Verdict.TESTS_NOT_FOUND, name + (own.isEmpty() ? "" : " was skipped"));
            }
            for (TestJvm.Result result : own) {
                if (result.failed()) {
                    return new Outcome(Verdict.RED_WITHOUT_IT, result.name());
                }
            }
            tests.computeIfAbsent(test.module(), module -> new ArrayList<>()).add(test);
        }
        Path copy = scratch.resolve(mutant.name());
        FileTree.delete(copy);
        try {
            MutatedClasses mutated = new MutatedClasses(root, mutant, copy);
            String error = mutated.apply();
            if (!error.isEmpty()) {
                return new Outcome(Verdict.DOES_NOT_APPLY, error);
            }
            MutatedClasses.Made made = mutated.compile(modules);
            if (!made.defect().isEmpty()) {
                return new Outcome(Verdict.DOES_NOT_COMPILE, made.defect());
            }
            Files.deleteIfExists(scratch.resolve(mutant.name() + ".log"));
            for (Map.Entry<BuiltModule, List<TestJvm.Test>> entry : tests.entrySet()) {
                TestJvm.Finished finished = jvm.run(mutant.name(), entry.getKey(), entry.getValue(), made.replaced());
                if (finished.slow() && !passSoon(mutant, entry.getKey(), entry.getValue())) {
                    return new Outcome(Verdict.NO_TIME, finished.failure());
                }
                if (!finished.failure().isEmpty()) {
                    return new Outcome(Verdict.KILLED, finished.failure());
                }
            }
            return new Outcome(Verdict.SURVIVED, String.join(", ", mutant.tests()));
        } finally {
            FileTree.delete(copy);
        }
    }

    /**
     * Whether the tests pass without the mutant, now, in a third of the time that they have: that they did before says nothing of a machine
     * that is busy.
     */
    private boolean passSoon(Mutant mutant, BuiltModule module, List<TestJvm.Test> tests)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        boolean passed = jvm.run(mutant.name() + "-without", module, tests, Map.of())
                .failure()
                .isEmpty();
        return passed && TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) < seconds / 3;
    }

    /** A class by its simple or its full name; the method is looked for by those who run it. */
    private List<TestJvm.Test> find(String name) {
        int hash = name.indexOf('#');
        String type = hash < 0 ? name : name.substring(0, hash);
        String method = hash < 0 ? null : name.substring(hash + 1);
        return testClasses.getOrDefault(simpleName(type), List.of()).stream()
                .filter(test -> test.type().equals(type) || !type.contains("."))
                .map(test -> new TestJvm.Test(test.module(), test.type(), method))
                .sorted(Comparator.comparing(TestJvm.Test::type))
                .toList();
    }

    private static String simpleName(String type) {
        return type.replaceAll(".*[.$]", "");
    }
}
