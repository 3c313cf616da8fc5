// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.util.Random;

/** What goes wrong on purpose with the sound of an extension's phones, each way for itself. Callable from any thread. */
public final class PhoneMediaFaults {
    private final MediaImpairment toPhone;
    private final MediaImpairment fromPhone;

    PhoneMediaFaults(Random random) {
        this.toPhone = new MediaImpairment(random);
        this.fromPhone = new MediaImpairment(random);
    }

    /** With what the phones hear. */
    public MediaImpairment toPhone() {
        return toPhone;
    }

    /** With what the phones say, before the PBX has it: the far end, voicemail and rooms get what is left. */
    public MediaImpairment fromPhone() {
        return fromPhone;
    }

    /** Lets nothing go wrong any more, either way. */
    public void clear() {
        toPhone.clear();
        fromPhone.clear();
    }
}
