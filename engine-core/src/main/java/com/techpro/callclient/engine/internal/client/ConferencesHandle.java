// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.conference.RoomsOutcome;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The host's handle of the conference rooms. Usable from any thread. */
final class ConferencesHandle implements Conferences {
    private final ConferenceService side;
    private final Gate gate;

    ConferencesHandle(ConferenceService side, Gate gate) {
        this.side = side;
        this.gate = gate;
    }

    @Override
    public CompletionStage<RoomsOutcome> rooms() {
        gate.requireUsable();
        return side.rooms(false);
    }

    @Override
    public CompletionStage<RoomsOutcome> refresh() {
        gate.requireUsable();
        return side.rooms(true);
    }

    @Override
    public @Nullable String factory() {
        gate.requireUnlocked();
        return side.factory();
    }

    @Override
    public List<Conference> joined() {
        gate.requireUnlocked();
        return side.joined();
    }
}
