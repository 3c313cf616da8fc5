// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.LoginContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs the HTTP library's own tasks, which read WebSockets, on the workers of a login instead of on
 * the library's threads.
 */
final class LoginWorkerExecutor extends AbstractExecutorService {
    private final LoginContext context;

    LoginWorkerExecutor(LoginContext context) {
        this.context = context;
    }

    @Override
    public void execute(Runnable task) {
        var unused = context.later(Duration.ZERO, task);
    }

    /** Does nothing: the workers belong to the login. */
    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
