// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import java.lang.reflect.Method;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.internal.AssumptionViolatedException;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;
import org.junit.runner.notification.RunNotifier;
import org.junit.runners.model.FrameworkMethod;
import org.junit.runners.model.InitializationError;
import org.opentest4j.TestAbortedException;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;
import org.robolectric.internal.bytecode.InstrumentationConfiguration;
import org.robolectric.internal.dependency.DependencyResolver;
import org.robolectric.pluginapi.Sdk;
import org.robolectric.pluginapi.SdkProvider;
import org.robolectric.plugins.DefaultSdkProvider;
import org.robolectric.util.inject.Injector;

/**
 * Runs the test methods of a Jupiter class inside Robolectric, each on an Android of its own of every API level that was asked for. Robolectric knows JUnit 4 alone, and
 * our contract kits are Jupiter's; so a test class here asks for one that is named otherwise:
 *
 * <pre>{@code
 * class AndroidPermissionsTest {
 *     @TestFactory
 *     Stream<DynamicContainer> on_every_api_level() {
 *         return ApiLevels.run(AndroidPermissionsOnDevice.class);
 *     }
 * }
 * }</pre>
 *
 * <p>A {@link Config} on the class may name shadows, and API levels to leave the others out.
 */
final class ApiLevels {
    private static final List<Integer> ALL = List.of(26, 30, 34, 35);
    private static final List<Integer> CHOSEN = chosen(System.getProperty("android.levels", ""));

    private ApiLevels() {}

    static Stream<DynamicContainer> run(Class<?> testClass) {
        Config config = testClass.getAnnotation(Config.class);
        return CHOSEN.stream()
                .filter(level -> config == null || config.sdk().length == 0 || contains(config.sdk(), level))
                .map(level -> DynamicContainer.dynamicContainer(
                        "API " + level,
                        methods(testClass)
                                .map(method -> DynamicTest.dynamicTest(
                                        method.getName(), () -> runOne(testClass, method.getName(), level)))));
    }

    /** Those that were asked for, else one of all, another each day. */
    private static List<Integer> chosen(String asked) {
        if (asked.isBlank()) {
            return List.of(ALL.get((int) (LocalDate.now(ZoneOffset.UTC).toEpochDay() % ALL.size())));
        }
        return Stream.of(asked.split(","))
                .map(level -> Integer.valueOf(level.trim()))
                .toList();
    }

    private static Stream<Method> methods(Class<?> testClass) {
        List<Method> methods = ReflectionSupport.findMethods(
                testClass,
                method -> AnnotationSupport.isAnnotated(method, Test.class),
                HierarchyTraversalMode.TOP_DOWN);
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("no test in " + testClass.getName());
        }
        return methods.stream();
    }

    private static void runOne(Class<?> testClass, String method, int level) throws Throwable {
        SandboxTask task = new SandboxTask(testClass, method);
        SandboxTask.set(task);
        RunNotifier notifier = new RunNotifier();
        FirstFailure robolectric = new FirstFailure();
        notifier.addListener(robolectric);
        new Runner(level, testClass.getAnnotation(Config.class)).run(notifier);
        String where = "API " + level + ", " + testClass.getSimpleName() + "." + method + ": ";
        try {
            task.report();
        } catch (TestAbortedException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(where + (robolectric.failure == null ? e : robolectric.failure), e);
        }
        if (robolectric.failure != null) {
            throw new AssertionError(where + robolectric.failure, robolectric.failure);
        }
    }

    private static boolean contains(int[] levels, int level) {
        for (int each : levels) {
            if (each == level) {
                return true;
            }
        }
        return false;
    }

    private static final class FirstFailure extends RunListener {
        private Throwable failure;

        @Override
        public void testFailure(Failure told) {
            failure = failure == null ? told.getException() : failure;
        }

        @Override
        @SuppressWarnings("deprecation")
        public void testAssumptionFailure(Failure told) {
            // Robolectric leaves out what it cannot run on this JDK; here that is a failure.
            failure = new AssertionError("left out", (AssumptionViolatedException) told.getException());
        }

        @Override
        public void testIgnored(org.junit.runner.Description description) {
            failure = new AssertionError("ignored: " + description);
        }
    }

    /** Robolectric's runner, for one API level. */
    private static final class Runner extends RobolectricTestRunner {
        // One for all, so that a sandbox is made once.
        private static final Injector INJECTOR =
                defaultInjector().bind(SdkProvider.class, Frameworks.class).build();

        private final int level;
        private final Config config;

        private Runner(int level, Config config) throws InitializationError {
            super(SandboxEntry.class, INJECTOR);
            this.level = level;
            this.config = config;
        }

        @Override
        protected List<FrameworkMethod> getChildren() {
            return super.getChildren().stream()
                    .filter(method ->
                            ((RobolectricFrameworkMethod) method).getSdk().getApiLevel() == level)
                    .toList();
        }

        @Override
        protected InstrumentationConfiguration createClassLoaderConfig(FrameworkMethod method) {
            return new InstrumentationConfiguration.Builder(super.createClassLoaderConfig(method))
                    .doNotAcquireClass(SandboxTask.class)
                    .doNotAcquirePackage("org.junit.")
                    .doNotAcquirePackage("org.opentest4j.")
                    .doNotAcquirePackage("org.assertj.")
                    .doNotAcquirePackage("net.bytebuddy.")
                    .build();
        }

        @Override
        protected Class<?>[] getExtraShadows(FrameworkMethod method) {
            return config == null ? super.getExtraShadows(method) : config.shadows();
        }
    }

    /** The frameworks that the build brings, and none that Robolectric would look for besides. */
    public static final class Frameworks extends DefaultSdkProvider {
        @Inject
        public Frameworks(DependencyResolver resolver) {
            super(resolver);
        }

        @Override
        protected void populateSdks(TreeMap<Integer, Sdk> known) {
            super.populateSdks(known);
            known.keySet().retainAll(ALL);
        }
    }
}
