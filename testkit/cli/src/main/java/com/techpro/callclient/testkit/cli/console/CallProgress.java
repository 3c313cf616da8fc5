// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

/** How far the call of one Call-ID got, from its messages in their order (RFC 3261 §13 to §15). On one thread. */
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

    /** What came of a call, or how it stands. The later ones count for a call that rings several phones. */
    enum Outcome {
        /** A status from 300 on ended it, which is not the answer to a CANCEL. */
        REFUSED,
        /** Who called gave up. */
        CANCELLED,
        /** It is gone without a word. */
        LOST,
        /** The caller was asked for a password and has not answered yet. */
        CHALLENGED,
        CALLING,
        RINGING,
        ENDED,
        ANSWERED
    }

    /**
     * Takes its next message.
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
            // Nobody has gone yet.
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
                // Before the answer it takes the place of a CANCEL (RFC 3261 §15).
                cancelled |= !established;
                outcome = established ? Outcome.ENDED : outcome;
            }
            case "NOTIFY" -> transferred |= message.success();
            default -> {
                // Nothing comes of it by itself.
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

    /** What the INVITE was answered with; 0 before that. */
    int status() {
        return status;
    }

    /** Whether who called has given up. */
    boolean isCancelled() {
        return cancelled;
    }

    /** Whether it was answered, be it over or not. */
    boolean isEstablished() {
        return established;
    }

    /** Whether a transfer out of it worked. */
    boolean isTransferred() {
        return transferred;
    }

    /** The newest message that tells something. */
    String last() {
        return last;
    }

    /** The number of that message; -1 before there is one. */
    long lastAt() {
        return lastAt;
    }
}
