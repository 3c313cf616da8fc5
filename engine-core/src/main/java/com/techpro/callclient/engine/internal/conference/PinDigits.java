// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.util.function.Consumer;

/** A room's PIN until it is sent. It is read only here. */
public final class PinDigits {
    private final Secret pin;

    private PinDigits(Secret pin) {
        this.pin = pin;
    }

    /**
     * Copies a PIN, so that the caller may wipe the original.
     *
     * @throws IllegalArgumentException if a character is not a DTMF digit; the message does not
     *     repeat it
     */
    public static PinDigits of(Secret pin) {
        return pin.use(SecretAccess.forAuthenticators(), keys -> {
            for (char key : keys) {
                if ("0123456789*#ABCD".indexOf(key) < 0) {
                    throw new IllegalArgumentException("a PIN is typed with the keys 0 to 9, *, # and A to D");
                }
            }
            return new PinDigits(Secret.of(keys));
        });
    }

    /** Sends the PIN, once. */
    void typeInto(Consumer<String> keyboard) {
        boolean typed = pin.use(SecretAccess.forAuthenticators(), keys -> {
            for (char key : keys) {
                keyboard.accept(String.valueOf(key));
            }
            return true;
        });
        if (typed) {
            wipe();
        }
    }

    /** Wipes the PIN; it will not be sent. */
    public void wipe() {
        pin.wipe();
    }

    @Override
    public String toString() {
        return "PinDigits[redacted]";
    }
}
