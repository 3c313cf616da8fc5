// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.engine.message.MessageOutcome;
import java.util.function.Consumer;

/** The account that the phone is logged in to, as far as the phone needs it. */
interface PhoneAccount {
    /** Starts a call; an {@code IllegalArgumentException} says what is wrong with the target. */
    PhoneCall dial(String target);

    /** Sends a text, and says what became of it; an {@code IllegalArgumentException} says what is wrong with the target. */
    void sendMessage(String target, String text, Consumer<MessageOutcome> outcome);

    /** Hangs up, logs out, and closes; then runs the task on any thread. */
    void shutdown(Runnable whenDone);
}
