// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.lock.LockedException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The conference rooms of the phone system and of this client's configuration, and those that the
 * user is in. Methods may be called from any thread. While the app is locked, they throw
 * {@link LockedException}. Do not wait for their stages inside a callback: see
 * {@link com.techpro.callclient.engine.CallClient}.
 */
public interface Conferences {
    /**
     * Returns the rooms that the user may join. The first call fetches them from the phone system;
     * they are then kept in memory until log-out.
     *
     * @return completes on the callbacks' executor, never exceptionally
     */
    CompletionStage<RoomsOutcome> rooms();

    /** As {@link #rooms}, but fetches them again. */
    CompletionStage<RoomsOutcome> refresh();

    /**
     * Returns the address that creates a new room when it is joined (RFC 4579 §5.4), for
     * {@link com.techpro.callclient.engine.Account#join}; null if there is none.
     */
    @Nullable
    String factory();

    /** Returns the conferences that have not ended. */
    List<Conference> joined();
}
