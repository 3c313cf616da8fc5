// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A busy lamp at one moment. Immutable; prints without personal data.
 *
 * @param extension the extension as it was given for watching
 * @param party who calls the extension, while it rings and the phone system says so; null while the
 *     app is locked
 * @param caller who that is, as far as this device and the phone system know; null if the party is
 * @param pickUpPossible whether {@link BusyLamp#pickUp} can take the ringing call
 */
public record BusyLampSnapshot(
        String extension,
        LampState state,
        @Nullable PartyIdentity party,
        @Nullable Caller caller,
        boolean pickUpPossible) {
    @Override
    public String toString() {
        return "BusyLampSnapshot[" + state + ", redacted]";
    }
}
