// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.loop.PendingAnswers;
import com.techpro.callclient.engine.internal.loop.SerialExecutor;
import com.techpro.callclient.engine.internal.privacy.GuardedPermissions;
import com.techpro.callclient.ports.permission.PermissionPort;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What everything in one client stands on.
 *
 * @param workers may block, but not for a server
 * @param networkWorkers for what waits for somebody's server
 * @param failures hears of defects of the engine, and of exceptions of the host
 * @param callbacks where the host is told, in order
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
    /** What the user has allowed; null where nobody asks. */
    @Nullable
    PermissionPort permissions() {
        PermissionPort port = config.permissions();
        return port == null ? null : new GuardedPermissions(port);
    }

    /** Workers that do what they are given one after the other. */
    Executor oneWorker() {
        return new SerialExecutor(workers, failures);
    }

    /** As {@link #oneWorker}, for what waits for a server. */
    Executor oneNetworkWorker() {
        return new SerialExecutor(networkWorkers, failures);
    }
}
