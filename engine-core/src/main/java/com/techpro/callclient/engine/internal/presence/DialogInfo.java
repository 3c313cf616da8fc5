// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code dialog-info} document (RFC 4235 §4.1). Prints without its content.
 *
 * @param full whether it replaces the previous state, rather than change parts of it
 * @param version grows by one with each document of a subscription
 */
record DialogInfo(boolean full, long version, List<WatchedDialog> dialogs) {
    DialogInfo {
        dialogs = List.copyOf(dialogs);
    }

    /** RFC 4235 §3.7.1. */
    enum DialogState {
        TRYING,
        PROCEEDING,
        EARLY,
        CONFIRMED,
        TERMINATED
    }

    /**
     * A dialog of the watched extension; tags and sides are from its view (§4.1.2).
     *
     * @param id identifies it within the documents
     * @param outgoing whether the extension made the call; null if unknown
     * @param callId null if unknown, as are the tags
     * @param remote the address of the other side, or null
     * @param remoteName its display name, or null
     * @param remoteTarget its remote target, or null
     */
    record WatchedDialog(
            String id,
            DialogState state,
            @Nullable Boolean outgoing,
            @Nullable String callId,
            @Nullable String localTag,
            @Nullable String remoteTag,
            @Nullable String remote,
            @Nullable String remoteName,
            @Nullable String remoteTarget) {
        /** Whether it waits for the extension to answer. */
        boolean rings() {
            boolean open = state != DialogState.CONFIRMED && state != DialogState.TERMINATED;
            return open && (outgoing == null ? state == DialogState.EARLY : !outgoing);
        }

        @Override
        public String toString() {
            return "WatchedDialog[" + state + ", redacted]";
        }
    }

    @Override
    public String toString() {
        return "DialogInfo[" + (full ? "full" : "partial") + ", " + version + "]";
    }
}
