// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.Result;
import org.junit.runners.model.FrameworkMethod;
import org.junit.runners.model.InitializationError;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.internal.bytecode.InstrumentationConfiguration;
import org.robolectric.internal.dependency.DependencyResolver;
import org.robolectric.pluginapi.Sdk;
import org.robolectric.pluginapi.SdkProvider;
import org.robolectric.plugins.DefaultSdkProvider;
import org.robolectric.util.inject.Injector;

/** Runs {@link ScreensOnAndroid}, which is JUnit 4's as Robolectric is, on one API level a day or on those that were asked for. */
@Tag("slow")
class ScreensTest {
    private static final List<Integer> LEVELS = List.of(26, 30, 34, 35);

    @TestFactory
    Stream<DynamicTest> every_screen_starts() {
        return levels().map(level -> DynamicTest.dynamicTest("API " + level, () -> run(level)));
    }

    private static Stream<Integer> levels() {
        String asked = System.getProperty("android.levels", "").trim();
        return asked.isEmpty()
                ? Stream.of(LEVELS.get((int) (LocalDate.now(ZoneOffset.UTC).toEpochDay() % LEVELS.size())))
                : Stream.of(asked.split(",")).map(level -> Integer.valueOf(level.trim()));
    }

    private static void run(int level) throws InitializationError {
        Result result = new JUnitCore().run(Request.runner(new OneLevel(level)));
        if (result.getRunCount() == 0 || result.getIgnoreCount() > 0 || result.getAssumptionFailureCount() > 0) {
            throw new AssertionError("not everything ran");
        }
        if (!result.wasSuccessful()) {
            AssertionError failed = new AssertionError(result.getFailures().toString());
            result.getFailures().forEach(failure -> failed.addSuppressed(failure.getException()));
            throw failed;
        }
    }

    private static final class OneLevel extends RobolectricTestRunner {
        private static final Injector INJECTOR =
                defaultInjector().bind(SdkProvider.class, Frameworks.class).build();

        private final int level;

        private OneLevel(int level) throws InitializationError {
            super(ScreensOnAndroid.class, INJECTOR);
            this.level = level;
        }

        /** Nothing of Android is in it, and a password's hash takes long enough as it is. */
        @Override
        protected InstrumentationConfiguration createClassLoaderConfig(FrameworkMethod method) {
            return new InstrumentationConfiguration.Builder(super.createClassLoaderConfig(method))
                    .doNotAcquirePackage("org.bouncycastle.")
                    .build();
        }

        @Override
        protected List<FrameworkMethod> getChildren() {
            return super.getChildren().stream()
                    .filter(method ->
                            ((RobolectricFrameworkMethod) method).getSdk().getApiLevel() == level)
                    .toList();
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
            known.keySet().retainAll(LEVELS);
        }
    }
}
