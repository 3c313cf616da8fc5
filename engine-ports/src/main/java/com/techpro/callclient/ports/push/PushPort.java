// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.push;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The platform's push service, as far as a phone needs it. A push itself carries no data for the
 * engine: when one arrives, the host calls {@code CallClient.wake}. Clauses, each tested by
 * {@code PushPortContract}:
 *
 * <ul>
 *   <li><b>PSH-1</b> {@link #token} returns the current token, or null while there is none, and
 *       does not block.
 *   <li><b>PSH-2</b> The watcher receives each change after {@link #watch}, in order, on any
 *       thread, never inside the call.
 *   <li><b>PSH-3</b> {@link #watch} with null stops watching.
 *   <li><b>PSH-4</b> Methods may be called from any thread.
 * </ul>
 */
public interface PushPort {
    @Nullable
    PushToken token();

    /** @param watcher replaces the earlier one */
    void watch(@Nullable Consumer<@Nullable PushToken> watcher);
}
