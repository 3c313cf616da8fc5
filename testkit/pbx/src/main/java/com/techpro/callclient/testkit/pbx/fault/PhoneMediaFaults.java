// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/**
 * Injects faults into the media of an extension's phones, for each direction, and into the SRTP
 * keys they receive. Callable from any thread.
 */
public final class PhoneMediaFaults {
    private final MediaImpairment toPhone;
    private final MediaImpairment fromPhone;
    private final LongAdder srtpKeysWrong = new LongAdder();
    private volatile SrtpKeyFault srtpKeyFault = SrtpKeyFault.NONE;

    PhoneMediaFaults(Random random) {
        this.toPhone = new MediaImpairment(random);
        this.fromPhone = new MediaImpairment(random);
    }

    /** Returns the impairments of the media to the phones. */
    public MediaImpairment toPhone() {
        return toPhone;
    }

    /**
     * Returns the impairments of the media from the phones, before the PBX reads it. The far end,
     * voicemail and rooms get the impaired media.
     */
    public MediaImpairment fromPhone() {
        return fromPhone;
    }

    /**
     * Sends the phones a wrong SRTP key or none, from the next offer or answer on. The PBX still
     * encrypts all media, with its real key, and decrypts the phones' media with theirs. This
     * concerns keys in the signalling (SDES, RFC 4568), not DTLS and not direct media.
     *
     * <pre>
     *   pbx.faults().media("1001").tellSrtpKey(SrtpKeyFault.ANOTHER);
     * </pre>
     *
     * <p>A call keeps the key it was last sent. After {@link SrtpKeyFault#NONE} the next offer or
     * answer corrects it, such as that of a hold.
     */
    public PhoneMediaFaults tellSrtpKey(SrtpKeyFault fault) {
        srtpKeyFault = fault;
        return this;
    }

    /** Returns the fault set by {@link #tellSrtpKey}; {@link SrtpKeyFault#NONE} before. */
    public SrtpKeyFault srtpKeyFault() {
        return srtpKeyFault;
    }

    /**
     * Returns how many offers and answers {@link #tellSrtpKey} sent with a wrong key or none. Never
     * waits.
     */
    public long srtpKeysWrong() {
        return srtpKeysWrong.sum();
    }

    /** Counts a falsified offer or answer. For the PBX. */
    public void countSrtpKeyFault() {
        srtpKeysWrong.increment();
    }

    /** Removes all faults in both directions and sets the counts to 0. */
    public void clear() {
        srtpKeyFault = SrtpKeyFault.NONE;
        srtpKeysWrong.reset();
        toPhone.clear();
        fromPhone.clear();
    }
}
