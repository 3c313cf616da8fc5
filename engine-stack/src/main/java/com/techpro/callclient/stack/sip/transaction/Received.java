// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

/** What a received request is to the {@link TransactionUser}. */
sealed interface Received {
    Received ABSORBED = new Absorbed();
    Received ACK = new Ack();

    /** Nothing: a repetition, what was refused or dropped, or an ACK that no 2xx waits for. */
    record Absorbed() implements Received {}

    /** The first ACK of a 2xx. */
    record Ack() implements Received {}

    /** A CANCEL, answered already, of this INVITE. */
    record Cancelled(ServerTransactionHandle invite) implements Received {}

    /** A new request, which must be answered. */
    record New(ServerTransactionHandle transaction) implements Received {}
}
