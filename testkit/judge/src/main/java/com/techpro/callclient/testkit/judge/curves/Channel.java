// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.curves;

import com.techpro.callclient.testkit.judge.degrade.Coding;
import com.techpro.callclient.testkit.judge.degrade.Degradation;
import com.techpro.callclient.testkit.judge.degrade.PacketLoss;
import java.util.ArrayList;
import java.util.List;

/**
 * The codecs that speech passes in ordinary calls without complaints.
 *
 * @param name for people
 * @param codecs one after the other
 */
public record Channel(String name, List<Coding> codecs) {
    public Channel {
        codecs = List.copyOf(codecs);
    }

    /** Unchanged 16-bit samples. */
    public static final Channel UNCODED = new Channel("uncoded", List.of());

    /** Returns a channel of one codec, or several in sequence. */
    public static Channel of(Coding... codecs) {
        List<String> names = new ArrayList<>();
        for (Coding codec : codecs) {
            names.add(codec.title());
        }
        return new Channel(String.join(" + ", names), List.of(codecs));
    }

    /**
     * Returns its effect.
     *
     * @param firstPacket where the first packet begins, in samples of 16 kHz
     */
    public Degradation degradation(int firstPacket) {
        Degradation all = Degradation.none();
        for (Coding codec : codecs) {
            all = all.then(codec.losing(PacketLoss.even(0).offset(firstPacket)));
        }
        return all;
    }
}
