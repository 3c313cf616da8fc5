// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.engine.internal.media.srtp.SrtpKeys;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.pbx.fault.PhoneMediaFaults;
import com.techpro.callclient.testkit.pbx.fault.SrtpKeyFault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a device is told of the keys by which the PBX sends it sound (RFC 4568 §9.1), and what goes wrong with that on purpose. */
final class ToldKeys {
    private final PhoneMediaFaults faults;
    private final Random random;
    /** The wrong ones: the same again each time, as the right ones are. */
    private final Map<SrtpSuite, SrtpKeys> others = new EnumMap<>(SrtpSuite.class);

    ToldKeys(PhoneMediaFaults faults, Random random) {
        this.faults = faults;
        this.random = random;
    }

    /**
     * The values of {@code a=crypto} of an offer or an answer.
     *
     * @param keys those that are used
     * @param firstTag of the first; those that follow count on
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

    /** Likewise where nothing goes wrong. */
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
