// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/**
 * The outcome of a command to a {@link Call}, a conference or a playback, or to what the client keeps for the user, such
 * as favourites and texts. The command's stage completes with it on the callbacks' executor, never exceptionally, whether
 * or not anybody waits for it.
 */
public sealed interface CommandOutcome {
    /** The command was carried out. {@link CallListener#callChanged} tells the effects on a call. */
    record Done() implements CommandOutcome {}

    /** All is as it was. Of a call, {@link CallEvent.CommandRefused} tells the same to listeners. */
    record Refused(CommandRefusal reason) implements CommandOutcome {}

    /** Whether the command was carried out. */
    default boolean isDone() {
        return this instanceof Done;
    }
}
