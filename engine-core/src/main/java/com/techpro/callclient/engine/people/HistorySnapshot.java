// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.privacy.StorageStatus;
import java.util.List;

/**
 * The history at one moment.
 *
 * @param entries the newest first
 */
public record HistorySnapshot(List<HistoryEntry> entries, StorageStatus storage) {
    public HistorySnapshot {
        entries = List.copyOf(entries);
    }
}
