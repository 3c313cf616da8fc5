// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which phones hear which. Each microphone has a tone of its own, and the loudspeakers are examined once a second. An
 * unpermitted tone counts if it is heard in two examinations in a row: the first may be what was under way.
 */
final class Hearing {
    /** For packets under way, jitter buffers, and a hold that the other side has not accepted yet. */
    static final Duration GRACE = Duration.ofSeconds(3);

    private static final int MICROPHONE = 8_000;
    private static final int AUDIBLE = MICROPHONE / 8;
    private static final double WINDOW_SECONDS = 0.1;
    private static final double LOWEST_HERTZ = 740;
    private static final double STEP_HERTZ = 80;

    private final Map<Set<String>, Duration> together = new HashMap<>();
    private final Set<String> suspected = new HashSet<>();

    /** Returns a phone's tone; none is near the PBX's. */
    static double hertz(int phone) {
        return LOWEST_HERTZ + STEP_HERTZ * phone;
    }

    /**
     * Notes who is in a call with whom, as the PBX knows.
     *
     * @param merging the extensions that connect their calls with each other
     */
    void connected(List<LiveCall> calls, Set<String> merging, Duration now) {
        Map<String, Set<String>> rooms = new HashMap<>();
        for (LiveCall call : calls) {
            Set<String> members = new HashSet<>();
            for (LiveCall.Side side : call.legs()) {
                members.add(side.extension());
                if (call.legs().size() == 1) {
                    rooms.computeIfAbsent(numberIn(side.other()), unused -> new HashSet<>())
                            .add(side.extension());
                }
            }
            note(members, now);
            for (String extension : merging) {
                if (members.contains(extension)) {
                    rooms.computeIfAbsent("merged by " + extension, unused -> new HashSet<>())
                            .addAll(members);
                }
            }
        }
        rooms.values().forEach(members -> note(members, now));
    }

    /** A room that called shows its name too: {@code Room 8000 <8000>}. */
    private static String numberIn(String party) {
        return party.endsWith(">") ? party.substring(party.indexOf('<') + 1, party.length() - 1) : party;
    }

    private void note(Set<String> members, Duration now) {
        for (String one : members) {
            for (String other : members) {
                together.put(Set.copyOf(Arrays.asList(one, other)), now);
            }
        }
    }

    /** Whether two phones are in a call with each other, or were a moment ago. */
    boolean areConnected(String one, String other, Duration now) {
        Duration last = together.get(Set.copyOf(Arrays.asList(one, other)));
        return last != null && now.minus(last).compareTo(GRACE) <= 0;
    }

    /** Returns the phones whose tone is among the last samples. */
    static List<Integer> tones(short[] heard, int rate, int phones) {
        int window = (int) (WINDOW_SECONDS * rate);
        if (heard.length < window) {
            return List.of();
        }
        short[] last = Arrays.copyOfRange(heard, heard.length - window, heard.length);
        List<Integer> tones = new ArrayList<>();
        if (Sound.rootMeanSquare(last) > AUDIBLE / 2.0) {
            for (int phone = 0; phone < phones; phone++) {
                if (Sound.amplitudeOf(hertz(phone), last, rate) > AUDIBLE) {
                    tones.add(phone);
                }
            }
        }
        return tones;
    }

    /** Checks what one phone hears of another. */
    void check(SwarmPhone listener, SwarmPhone speaker, boolean heard, Duration now) {
        String who = listener.number + " hears " + speaker.number;
        boolean stranger = heard && !areConnected(listener.extension(), speaker.extension(), now);
        boolean held = heard && (speaker.isSilent(GRACE) || listener.isDeaf(GRACE));
        if (!stranger && !held) {
            suspected.remove(who);
        } else if (!suspected.add(who)) {
            throw listener.violation(
                    stranger ? Invariant.NO_STRANGER_HEARD : Invariant.HOLD_IS_SILENT, who + " for a second");
        }
    }
}
