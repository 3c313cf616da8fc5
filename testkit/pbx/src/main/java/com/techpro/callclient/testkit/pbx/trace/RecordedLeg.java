// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import com.techpro.callclient.testkit.pbx.media.TappedRtp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Both directions of one phone's leg in one call. Both begin at the same moment.
 *
 * @param number from 1, in the order in which they began
 * @param extension of the phone; empty if it has none
 */
record RecordedLeg(int number, String extension, Instant begin, RecordedSound sent, RecordedSound heard) {
    /** The newest part of a leg that is decoded. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** How many of the newest legs are decoded. */
    static final int MOST = 20;

    private static final String SAFE = "[A-Za-z0-9_.+-]{1,40}";

    /** Returns the newest legs in the order in which they began, grouped by PBX. */
    static List<RecordedLeg> of(List<MediaRecording> recordings) {
        List<List<TappedRtp>> all = new ArrayList<>();
        for (MediaRecording recording : recordings) {
            Map<Integer, List<TappedRtp>> legs = new TreeMap<>();
            for (TappedRtp packet : recording.packets()) {
                legs.computeIfAbsent(packet.leg(), leg -> new ArrayList<>()).add(packet);
            }
            all.addAll(legs.values());
        }
        List<RecordedLeg> newest = new ArrayList<>();
        for (int i = Math.max(0, all.size() - MOST); i < all.size(); i++) {
            newest.add(of(i + 1, all.get(i)));
        }
        return newest;
    }

    private static RecordedLeg of(int number, List<TappedRtp> packets) {
        Instant begin = begin(packets);
        return new RecordedLeg(
                number,
                packets.get(0).extension(),
                begin,
                sound(packets, true, begin, RecordedSound::rateOf),
                sound(packets, false, begin, RecordedSound::rateOf));
    }

    /** Decodes one leg, with both directions at the higher of their rates. */
    static RecordedLeg atOneRate(List<TappedRtp> packets) {
        Instant begin = begin(packets);
        int rate = RecordedSound.rateOf(packets);
        return new RecordedLeg(
                1,
                packets.get(0).extension(),
                begin,
                sound(packets, true, begin, direction -> rate),
                sound(packets, false, begin, direction -> rate));
    }

    private static Instant begin(List<TappedRtp> packets) {
        Instant earliest = packets.get(packets.size() - 1).at().minus(LONGEST);
        Instant first = packets.get(0).at();
        return first.isBefore(earliest) ? earliest : first;
    }

    private static RecordedSound sound(
            List<TappedRtp> packets, boolean fromPhone, Instant begin, ToIntFunction<List<TappedRtp>> rate) {
        List<TappedRtp> direction = packets.stream()
                .filter(packet ->
                        packet.fromPhone() == fromPhone && !packet.at().isBefore(begin))
                .toList();
        // Includes the newest packet.
        return new RecordedSound(direction, begin, LONGEST.plusSeconds(1), rate.applyAsInt(direction));
    }

    /** Returns the phone's name for a reader. */
    String name() {
        return extension.isEmpty() ? "nobody's phone" : extension;
    }

    /** Returns the file name of one direction. A user-chosen name must not become a path. */
    String file(boolean fromPhone) {
        String safe = extension.matches(SAFE) && !extension.startsWith(".") ? extension + "-" : "";
        return "sound-" + number + "-" + safe + (fromPhone ? "sent" : "heard") + ".wav";
    }
}
