// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.internal.privacy.GuardedPermissions;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.PendingAnswers;
import com.techpro.callclient.stack.loop.SerialExecutor;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of one client share.
 *
 * @param workers may block, but not for a server
 * @param networkWorkers for tasks that wait for a server
 * @param failures receives defects of the engine and exceptions of the host
 * @param callbacks notifies the host, in order
 * @param listeners of the whole client
 */
record ClientContext(
        CallClientConfig config,
        EngineLoop loop,
        Executor workers,
        Executor networkWorkers,
        Thread.UncaughtExceptionHandler failures,
        SerialExecutor callbacks,
        PendingAnswers answers,
        Listeners<CallClientListener> listeners) {
    /** Returns the user's permissions; null if the host has no permission port. */
    @Nullable
    PermissionPort permissions() {
        PermissionPort port = config.permissions();
        return port == null ? null : new GuardedPermissions(port);
    }

    /** Returns an executor that runs tasks on the workers one after the other. */
    Executor oneWorker() {
        return new SerialExecutor(workers, failures);
    }

    /** As {@link #oneWorker}, for tasks that wait for a server. */
    Executor oneNetworkWorker() {
        return new SerialExecutor(networkWorkers, failures);
    }
}
