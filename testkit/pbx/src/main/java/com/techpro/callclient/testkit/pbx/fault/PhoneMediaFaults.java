// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/** What goes wrong on purpose with the sound of an extension's phones, each way for itself, and with the keys that they are told. Callable from any thread. */
public final class PhoneMediaFaults {
    private final MediaImpairment toPhone;
    private final MediaImpairment fromPhone;
    private final LongAdder srtpKeysWrong = new LongAdder();
    private volatile SrtpKeyFault srtpKeyFault = SrtpKeyFault.NONE;

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

    /**
     * Tells the phones another key of SRTP than they are sent sound by, or none, from the next offer or answer on. What they send themselves is read by their own key as before, and all
     * that the PBX sends stays encrypted. It is about keys that signalling brings (SDES, RFC 4568), not those of DTLS, and not about phones that send each other sound directly.
     *
     * <pre>
     *   pbx.faults().media("1001").tellSrtpKey(SrtpKeyFault.ANOTHER);
     * </pre>
     *
     * <p>A call goes on with what it was told last: after {@link SrtpKeyFault#NONE} it is right again with the next offer or answer, as after a hold.
     */
    public PhoneMediaFaults tellSrtpKey(SrtpKeyFault fault) {
        srtpKeyFault = fault;
        return this;
    }

    /** What {@link #tellSrtpKey} set; {@link SrtpKeyFault#NONE} before. */
    public SrtpKeyFault srtpKeyFault() {
        return srtpKeyFault;
    }

    /** How many offers and answers went out with a wrong key, or without one, by {@link #tellSrtpKey}. Never waits. */
    public long srtpKeysWrong() {
        return srtpKeysWrong.sum();
    }

    /** Counts an offer or an answer that is wrong. For the PBX. */
    public void countSrtpKeyFault() {
        srtpKeysWrong.increment();
    }

    /** Lets nothing go wrong any more, either way, and counts from 0 again. */
    public void clear() {
        srtpKeyFault = SrtpKeyFault.NONE;
        srtpKeysWrong.reset();
        toPhone.clear();
        fromPhone.clear();
    }
}
