// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/**
 * The outcome of a command to a {@link Call}. The command's stage completes with it on the callbacks' executor, never
 * exceptionally, whether or not anybody waits for it.
 */
public sealed interface CommandOutcome {
    /** The call has carried out the command. {@link CallListener#callChanged} tells the effects. */
    record Done() implements CommandOutcome {}

    /** The call is as it was. {@link CallEvent.CommandRefused} tells the same to listeners. */
    record Refused(CommandRefusal reason) implements CommandOutcome {}

    /** Whether the call has carried out the command. */
    default boolean isDone() {
        return this instanceof Done;
    }
}
