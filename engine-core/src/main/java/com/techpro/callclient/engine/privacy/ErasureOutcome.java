// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.privacy;

import com.techpro.callclient.ports.storage.SecureStoreException;

/** How {@link com.techpro.callclient.engine.CallClient#erase} ended. */
public sealed interface ErasureOutcome {
    /** Nothing of the user is left on this device. */
    record Erased() implements ErasureOutcome {}

    /** Something may be left; the reason says what to do. */
    record NotErased(SecureStoreException.Reason reason) implements ErasureOutcome {}
}
