// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.util.function.Consumer;

/** A room's PIN until it is typed. It is read here and nowhere else. */
public final class PinDigits {
    private final Secret pin;

    private PinDigits(Secret pin) {
        this.pin = pin;
    }

    /**
     * A copy of our own, so that the caller may wipe his.
     *
     * @throws IllegalArgumentException if a character is no key; the message does not repeat it
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

    /** Types it, once. */
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

    /** It will not be typed. */
    public void wipe() {
        pin.wipe();
    }

    @Override
    public String toString() {
        return "PinDigits[redacted]";
    }
}
