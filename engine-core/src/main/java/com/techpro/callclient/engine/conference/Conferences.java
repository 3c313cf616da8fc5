// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.lock.LockedException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The conference rooms of the phone system and of this client's configuration, and those that the user is in. Methods may be called from
 * any thread. While the app is locked they throw {@link LockedException}. Their stages are not to be waited for inside a callback: see
 * {@link com.techpro.callclient.engine.CallClient}.
 */
public interface Conferences {
    /**
     * The rooms that the user may join: asked of the phone system the first time, and then kept in memory until log-out.
     *
     * @return completes on the callbacks' executor, never exceptionally
     */
    CompletionStage<RoomsOutcome> rooms();

    /** As {@link #rooms}, asked anew. */
    CompletionStage<RoomsOutcome> refresh();

    /** The address that makes a new room when it is joined (RFC 4579 §5.4): give it to {@link com.techpro.callclient.engine.Account#join}; null if there is none. */
    @Nullable
    String factory();

    /** Those that are not over. */
    List<Conference> joined();
}
