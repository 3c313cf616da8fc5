// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** What became of a call that was waited for: see {@link Call#whenEstablished}. */
public sealed interface EstablishmentOutcome {
    CallSnapshot after();

    /** The two sides can talk. */
    record Established(CallSnapshot after) implements EstablishmentOutcome {}

    /** It is over. */
    record Ended(CallSnapshot after, CallEnding ending) implements EstablishmentOutcome {}
}
