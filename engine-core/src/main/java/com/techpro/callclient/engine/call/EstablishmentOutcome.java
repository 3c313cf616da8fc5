// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** The outcome of waiting for a call to be established: see {@link Call#whenEstablished}. */
public sealed interface EstablishmentOutcome {
    CallSnapshot after();

    /** The two sides can talk. */
    record Established(CallSnapshot after) implements EstablishmentOutcome {}

    /** The call has ended. */
    record Ended(CallSnapshot after, CallEnding ending) implements EstablishmentOutcome {}
}
