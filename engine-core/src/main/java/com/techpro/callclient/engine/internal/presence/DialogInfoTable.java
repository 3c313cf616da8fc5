// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.internal.presence.DialogInfo.DialogState;
import com.techpro.callclient.engine.internal.presence.DialogInfo.WatchedDialog;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state that the documents of one subscription add up to (RFC 4235 §4.3). Immutable.
 *
 * @param version of the last document
 * @param dialogs that have not ended, by their ids
 */
record DialogInfoTable(long version, Map<String, WatchedDialog> dialogs) {
    private static final int MOST_DIALOGS = 100;

    /**
     * Applies a document.
     *
     * @param before null if there was no full document yet
     * @return the new table, or the old one if the document is outdated; null if one was missed, so
     *     that a full one must be requested
     */
    static @Nullable DialogInfoTable after(@Nullable DialogInfoTable before, DialogInfo document) {
        if (before != null && document.version() <= before.version()) {
            return before;
        }
        if (!document.full() && (before == null || document.version() != before.version() + 1)) {
            return null;
        }
        Map<String, WatchedDialog> dialogs =
                before == null || document.full() ? new LinkedHashMap<>() : new LinkedHashMap<>(before.dialogs());
        for (WatchedDialog dialog : document.dialogs()) {
            if (dialog.state() == DialogState.TERMINATED) {
                dialogs.remove(dialog.id());
            } else {
                dialogs.put(dialog.id(), dialog);
            }
        }
        return dialogs.size() > MOST_DIALOGS ? null : new DialogInfoTable(document.version(), dialogs);
    }

    Collection<WatchedDialog> open() {
        return dialogs.values();
    }

    @Override
    public String toString() {
        return "DialogTable[" + version + ", " + dialogs.size() + " dialogs]";
    }
}
