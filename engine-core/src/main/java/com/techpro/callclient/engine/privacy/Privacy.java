// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.privacy;

import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.CompletionStage;

/** What this device holds about the user. Methods may be called from any thread. */
public interface Privacy {
    /**
     * Exports everything that this device holds about the user, except secrets (promise R1).
     *
     * @return completes on the callbacks' executor, never exceptionally
     * @throws LockedException while the app is locked
     */
    CompletionStage<DataExport> export();

    /**
     * Hangs up, unregisters and forgets every account, and erases all that is stored about the user (promise R3). Works
     * while the app is locked. The phone system is told if it can be reached; this waits for it some seconds at most.
     *
     * @return completes on the callbacks' executor, never exceptionally
     */
    CompletionStage<ErasureOutcome> erase();

    /**
     * Deletes local copies of what the phone system owns, because the device runs out of space (promise S8): all but
     * the newest entries of the history, and voicemail recordings that are not being played. Works while the app is
     * locked.
     *
     * @return completes on the callbacks' executor, never exceptionally
     */
    CompletionStage<TrimmedStorage> trim();
}
