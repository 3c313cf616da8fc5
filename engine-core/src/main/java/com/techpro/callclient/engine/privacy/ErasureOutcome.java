// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.privacy;

import com.techpro.callclient.ports.storage.SecureStoreException;

/** The outcome of {@link com.techpro.callclient.engine.privacy.Privacy#erase}. */
public sealed interface ErasureOutcome {
    /** No data of the user is left on this device. */
    record Erased() implements ErasureOutcome {}

    /** Some data may be left; the reason says what to do. */
    record NotErased(SecureStoreException.Reason reason) implements ErasureOutcome {}
}
