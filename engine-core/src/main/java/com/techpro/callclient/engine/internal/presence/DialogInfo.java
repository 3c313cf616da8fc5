// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code dialog-info} document (RFC 4235 §4.1). Prints without its content.
 *
 * @param full whether it replaces what was there before, rather than change what it names
 * @param version grows by one from document to document of a subscription
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
     * A dialog of the extension that is watched; tags and sides are as that extension sees them (§4.1.2).
     *
     * @param id names it within the documents
     * @param outgoing whether the extension made the call; null where the document does not say
     * @param callId null where the document does not say, as are the tags
     * @param remote who is at the other side, as an address, or null
     * @param remoteName as the document displays it, or null
     * @param remoteTarget where the other side's requests go, or null
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
        /** Whether it waits to be answered by the extension. */
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
