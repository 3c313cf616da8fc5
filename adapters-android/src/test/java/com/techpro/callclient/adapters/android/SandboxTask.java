// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.Objects;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One test method of Jupiter, on its way into Robolectric's sandbox and its outcome on the way out. The only class of the tests that is the same inside
 * and outside.
 */
public final class SandboxTask implements TestExecutionListener {
    private static volatile SandboxTask current;

    private final String testClass;
    private final String method;
    private boolean ran;
    private Throwable failure;

    SandboxTask(Class<?> testClass, String method) {
        this.testClass = testClass.getName();
        this.method = method;
    }

    static void set(SandboxTask task) {
        current = task;
    }

    public static SandboxTask current() {
        return Objects.requireNonNull(current);
    }

    /** Inside: runs the method of the class that the sandbox knows under that name. */
    public void run(ClassLoader sandbox) throws ClassNotFoundException {
        Class<?> inside = Class.forName(testClass, true, sandbox);
        Method test = ReflectionSupport.findMethod(inside, method).orElseThrow();
        LauncherConfig config = LauncherConfig.builder()
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(config)
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(inside, test))
                                .build(),
                        this);
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        ran |= identifier.isTest();
        result.getThrowable().ifPresent(thrown -> {
            if (failure == null) {
                failure = thrown;
            }
        });
    }

    /** Outside: throws what the test threw, be it a failure or a skip. */
    void report() throws Throwable {
        if (failure != null) {
            throw failure;
        }
        if (!ran) {
            throw new AssertionError(testClass + "." + method + " did not run");
        }
    }
}
