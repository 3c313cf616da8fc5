// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.testkit.pbx.call.WatchedLeg.State;
import org.jspecify.annotations.Nullable;

/** The state of a leg that watchers of its extension have been told. */
final class WatchedState {
    private final LegContext context;
    private final @Nullable String extension;
    private final LegDialog dialog;
    private @Nullable State shown;
    private boolean outgoing;

    /** @param extension null if the device has none, so that nobody watches it */
    WatchedState(LegContext context, @Nullable String extension, LegDialog dialog) {
        this.context = context;
        this.extension = extension;
        this.dialog = dialog;
    }

    /** The device sent an INVITE; the first one begins the call. */
    void trying() {
        if (shown == null) {
            outgoing = true;
            show(State.TRYING);
        }
    }

    /** Publishes a state; an established leg stays so until it ends. */
    void show(State now) {
        boolean before = shown == now || (shown == State.CONFIRMED && now != State.TERMINATED);
        boolean never = shown == null && now == State.TERMINATED;
        if (before || never) {
            return;
        }
        shown = now;
        WatchedLeg leg = leg();
        if (leg != null) {
            context.changed(leg);
        }
    }

    /** Null if there is no state yet, or the device has no extension. */
    @Nullable
    WatchedLeg leg() {
        String tag = dialog.remote().tag();
        return shown == null || extension == null
                ? null
                : new WatchedLeg(
                        extension,
                        shown,
                        outgoing,
                        dialog.callId(),
                        tag == null ? "" : tag,
                        dialog.localTag(),
                        dialog.local(),
                        dialog.contact());
    }
}
