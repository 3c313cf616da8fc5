// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.Result;
import org.junit.runner.notification.Failure;
import org.junit.runners.model.FrameworkMethod;
import org.junit.runners.model.InitializationError;
import org.robolectric.RobolectricTestRunner;

/** Runs {@link ScreensOnAndroid}, which is JUnit 4's as Robolectric is, on one API level a day or on those that were asked for. */
class ScreensTest {
    private static final List<Integer> LEVELS = List.of(26, 30, 34);

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
        for (Failure failure : result.getFailures()) {
            throw new AssertionError(failure.getTestHeader(), failure.getException());
        }
    }

    private static final class OneLevel extends RobolectricTestRunner {
        private final int level;

        private OneLevel(int level) throws InitializationError {
            super(ScreensOnAndroid.class);
            this.level = level;
        }

        @Override
        protected List<FrameworkMethod> getChildren() {
            return super.getChildren().stream()
                    .filter(method ->
                            ((RobolectricFrameworkMethod) method).getSdk().getApiLevel() == level)
                    .toList();
        }
    }
}
