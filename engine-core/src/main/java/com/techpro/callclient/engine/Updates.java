// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.update.UpdateAnswer;
import java.util.concurrent.CompletionStage;

/**
 * Asks whether the app's publisher has a newer version (promise T2). The engine never asks by
 * itself. Methods may be called from any thread.
 */
public interface Updates {
    /**
     * Asks the app's publisher for a newer version, if the host gave a port for it and the policy
     * permits it.
     *
     * @param version in use; it is not sent
     * @return completes on the callbacks' executor, never exceptionally; do not wait for it inside
     *     a callback, see {@link CallClient}
     * @throws IllegalStateException if the client is closed
     * @throws LockedException if the app is locked
     */
    CompletionStage<UpdateAnswer> check(String version);
}
