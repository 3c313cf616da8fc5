// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.pbx.fault.PhoneMediaFaults;
import com.techpro.callclient.testkit.pbx.fault.SrtpKeyFault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The SDES keys in the SDP to a device (RFC 4568 §9.1), with injected faults. */
final class ToldKeys {
    private final PhoneMediaFaults faults;
    private final Random random;
    /** The wrong keys; like the right ones, they stay the same. */
    private final Map<SrtpSuite, SrtpKeys> others = new EnumMap<>(SrtpSuite.class);

    ToldKeys(PhoneMediaFaults faults, Random random) {
        this.faults = faults;
        this.random = random;
    }

    /**
     * Returns the values of {@code a=crypto} for an offer or answer.
     *
     * @param keys the keys in use
     * @param firstTag the tag of the first key; the others count up
     */
    List<String> attributes(List<SrtpKeys> keys, int firstTag) {
        SrtpKeyFault fault = keys.isEmpty() ? SrtpKeyFault.NONE : faults.srtpKeyFault();
        if (fault != SrtpKeyFault.NONE) {
            faults.countSrtpKeyFault();
        }
        return switch (fault) {
            case NONE -> of(keys, firstTag);
            case ANOTHER -> of(keys.stream().map(used -> other(used.suite())).toList(), firstTag);
            case MISSING -> List.of();
        };
    }

    /** As {@link #attributes}, without faults. */
    static List<String> of(List<SrtpKeys> keys, int firstTag) {
        List<String> attributes = new ArrayList<>();
        for (SrtpKeys key : keys) {
            attributes.add(key.toCryptoAttribute(firstTag + attributes.size()));
        }
        return attributes;
    }

    private SrtpKeys other(SrtpSuite suite) {
        return others.computeIfAbsent(suite, drawn -> SrtpKeys.generate(drawn, random));
    }
}
