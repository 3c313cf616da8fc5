// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.internal.privacy.GuardedPermissions;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.PendingAnswers;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import com.techpro.callclient.stack.loop.SerialExecutor;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
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
    /**
     * Runs a command of the host on the loop. It is refused if the client closes first.
     *
     * @param command receives what to call once, on the loop: with null if the command was carried
     *     out, or with why it was not
     */
    CompletionStage<CommandOutcome> command(Consumer<Consumer<@Nullable CommandRefusal>> command) {
        Answer<CommandOutcome> answer = answers.open(new CommandOutcome.Refused(CommandRefusal.CLIENT_CLOSED));
        loop.execute(() -> command.accept(refusal ->
                answer.tell(refusal == null ? new CommandOutcome.Done() : new CommandOutcome.Refused(refusal))));
        return answer.stage();
    }

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
