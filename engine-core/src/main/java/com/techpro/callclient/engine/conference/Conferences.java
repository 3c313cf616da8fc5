// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.internal.client.ConferenceSide;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The conference rooms of the phone system and of this client's configuration, and those that the user is in. Methods may be called from
 * any thread. While the app is locked they throw {@link LockedException}.
 */
public final class Conferences {
    private final ConferenceSide side;

    public Conferences(ConferenceSide side) {
        this.side = side;
    }

    /**
     * The rooms that the user may join: asked of the phone system the first time, and then kept in memory until log-out.
     *
     * @return completes on the callbacks' executor, never exceptionally
     */
    public CompletionStage<RoomsOutcome> rooms() {
        return side.rooms(false);
    }

    /** As {@link #rooms}, asked anew. */
    public CompletionStage<RoomsOutcome> refresh() {
        return side.rooms(true);
    }

    /** The address that makes a new room when it is joined (RFC 4579 §5.4): give it to {@link com.techpro.callclient.engine.Account#join}; null if there is none. */
    public @Nullable String factory() {
        return side.factory();
    }

    /** Those that are not over. */
    public List<Conference> joined() {
        return side.joined();
    }
}
