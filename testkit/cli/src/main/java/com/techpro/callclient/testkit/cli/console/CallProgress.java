// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

/**
 * Tracks the progress of one Call-ID from its messages in order (RFC 3261 §13 to §15). On one
 * thread.
 */
final class CallProgress {
    private Outcome outcome = Outcome.CALLING;
    private int status;
    private long invite = -1;
    private boolean withCredentials;
    private boolean cancelled;
    private boolean established;
    private boolean transferred;
    private String last = "";
    private long lastAt = -1;

    /**
     * The state or outcome of a call. If a call rings several phones, the later constant counts.
     */
    enum Outcome {
        /** A status of 300 or more ended it, other than the response to a CANCEL. */
        REFUSED,
        /** The caller gave up. */
        CANCELLED,
        /** It disappeared without a message. */
        LOST,
        /** The caller was challenged and has not answered yet. */
        CHALLENGED,
        CALLING,
        RINGING,
        ENDED,
        ANSWERED
    }

    /**
     * Processes the next message.
     *
     * @param number of the message among all, which orders it
     */
    void add(CallMessage message, long number) {
        if (message.tells()) {
            last = message.text();
            lastAt = number;
        }
        if (message.status() == 0) {
            requested(message);
        } else if (message.method().equals("INVITE") && !established) {
            answered(message);
        } else if (message.method().equals("BYE") && message.isChallenge() && outcome == Outcome.ENDED) {
            // Neither side has left yet.
            outcome = Outcome.ANSWERED;
        }
    }

    private void requested(CallMessage message) {
        switch (message.method()) {
            case "INVITE" -> {
                if (!established && message.cseq() > invite) {
                    invite = message.cseq();
                    withCredentials = message.withCredentials();
                    cancelled = false;
                    outcome = Outcome.CALLING;
                }
            }
            case "CANCEL" -> cancelled |= !established;
            case "BYE" -> {
                // Before the answer, BYE acts as a CANCEL (RFC 3261 §15).
                cancelled |= !established;
                outcome = established ? Outcome.ENDED : outcome;
            }
            case "NOTIFY" -> transferred |= message.success();
            default -> {
                // It has no effect by itself.
            }
        }
    }

    private void answered(CallMessage message) {
        int answer = message.status();
        if (answer < 200) {
            outcome = answer == 100 ? outcome : Outcome.RINGING;
            return;
        }
        status = answer;
        established = answer < 300;
        if (established) {
            outcome = Outcome.ANSWERED;
        } else if (message.isChallenge() && !withCredentials) {
            outcome = Outcome.CHALLENGED;
        } else {
            outcome = cancelled ? Outcome.CANCELLED : Outcome.REFUSED;
        }
    }

    Outcome outcome() {
        return outcome;
    }

    /** Returns the status of the INVITE; 0 before that. */
    int status() {
        return status;
    }

    /** Whether the caller has given up. */
    boolean isCancelled() {
        return cancelled;
    }

    /** Whether it was answered, even if it has ended. */
    boolean isEstablished() {
        return established;
    }

    /** Whether a transfer out of it succeeded. */
    boolean isTransferred() {
        return transferred;
    }

    /** Returns the newest message that is a step of the call. */
    String last() {
        return last;
    }

    /** Returns the number of that message; -1 before there is one. */
    long lastAt() {
        return lastAt;
    }
}
