// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CommandRefusal;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells what happens to one call: the host, and whoever follows it beside. Belongs to the loop, except for {@link #snapshot}. */
final class CallReporter {
    private final SnapshotPublisher view;
    private final Supplier<@Nullable CallQuality> quality;
    private final Consumer<CallEvent> host;
    private @Nullable Consumer<CallEvent> follower;

    /** @param quality how media arrives now, or null if nothing is known of it; asked from any thread */
    CallReporter(SnapshotPublisher view, Supplier<@Nullable CallQuality> quality, Consumer<CallEvent> host) {
        this.view = view;
        this.quality = quality;
        this.host = host;
    }

    /** From any thread. */
    CallSnapshot snapshot() {
        CallSnapshot published = view.snapshot();
        return published.codecAgreed()
                ? published.toBuilder().quality(quality.get()).build()
                : published;
    }

    void tell(CallEvent event) {
        host.accept(event);
        if (follower != null) {
            follower.accept(event);
        }
    }

    void refuse(CallCommand command, CommandRefusal reason) {
        tell(new CallEvent.CommandRefused(snapshot(), command, reason));
    }

    /** @param status how far whoever is called there is, or 0 */
    void transferring(boolean now, int status) {
        CallEvent event = view.transferring(now, status);
        if (event != null) {
            tell(event);
        }
    }

    /** Who hears of the call's events after the host. */
    void follow(Consumer<CallEvent> by) {
        follower = by;
    }
}
