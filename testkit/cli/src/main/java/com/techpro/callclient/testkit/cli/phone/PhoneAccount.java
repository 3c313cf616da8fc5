// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.engine.message.MessageOutcome;
import java.util.function.Consumer;

/** The phone's account, as far as the phone needs it. */
interface PhoneAccount {
    /** Starts a call; an {@code IllegalArgumentException} says what is wrong with the target. */
    PhoneCall dial(String target);

    /**
     * Sends a text and reports its outcome; an {@code IllegalArgumentException} says what is wrong
     * with the target.
     */
    void sendMessage(String target, String text, Consumer<MessageOutcome> outcome);

    /** Hangs up, logs out, and closes; then runs the task on any thread. */
    void shutdown(Runnable whenDone);
}
