// SPDX-License-Identifier: Apache-2.0
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the test classes, or single methods of them, that its arguments name ({@code package.Class} or {@code package.Class#method}) and
 * prints a line for each test, or class, that ended: {@code @@ PASSED|FAILED|TIMED_OUT|NOT_RUN class method}. A method may have any parameters, make
 * its tests at run time, or stand in a nested class.
 */
final class NamedTests {
    private final TestExecutionListener listener = new TestExecutionListener() {
        private TestPlan plan;

        @Override
        public void testPlanExecutionStarted(TestPlan started) {
            plan = started;
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            print("NOT_RUN", test);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            switch (result.getStatus()) {
                case SUCCESSFUL -> {
                    if (test.isTest()) {
                        print("PASSED", test);
                    }
                }
                case ABORTED -> print("NOT_RUN", test);
                case FAILED -> {
                    boolean timedOut = result.getThrowable().orElse(null) instanceof TimeoutException;
                    print(timedOut ? "TIMED_OUT" : "FAILED", test);
                    result.getThrowable().ifPresent(NamedTests::explain);
                }
            }
        }

        /** The method is the factory, or template, of a test that has none of its own; a class that failed as a whole has "*". */
        private void print(String status, TestIdentifier test) {
            Optional<TestIdentifier> at = Optional.of(test);
            while (at.isPresent() && !(at.get().getSource().orElse(null) instanceof MethodSource)) {
                at = plan.getParent(at.get());
            }
            String method = at.map(with -> ((MethodSource) with.getSource().orElseThrow()).getMethodName())
                    .orElse("*");
            System.out.println("@@ " + status + " " + selectedClass + " " + method);
        }
    };

    private final String selectedClass;

    private NamedTests(String selectedClass) {
        this.selectedClass = selectedClass;
    }

    public static void main(String[] names) throws ClassNotFoundException {
        for (String type : Arrays.stream(names).map(name -> name.split("#")[0]).distinct().toList()) {
            // Null: the whole class.
            var methods = Arrays.stream(names)
                    .filter(name -> name.split("#")[0].equals(type))
                    .map(name -> name.contains("#") ? name.substring(name.indexOf('#') + 1) : "")
                    .toList();
            PostDiscoveryFilter named = test -> FilterResult.includedIf(methods.contains("")
                    || test.getSource().orElse(null) instanceof MethodSource method
                            && methods.contains(method.getMethodName()));
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(Class.forName(type, false, NamedTests.class.getClassLoader())))
                                    .filters(named)
                                    .build(),
                            new NamedTests(type).listener);
        }
        // Whatever threads a broken class has left do not hold up the answer.
        System.out.flush();
        System.exit(0);
    }

    private static void explain(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        text.toString().lines().limit(30).map("   "::concat).forEach(System.out::println);
    }
}
