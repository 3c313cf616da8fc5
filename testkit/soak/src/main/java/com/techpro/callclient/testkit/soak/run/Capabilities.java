// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.run.PhoneSystem.OnHold;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a phone system shows and lets through. Whatever it cannot is not asked of it in the calls that count, and its gates are not judged, by name.
 *
 * @param callerHolds what comes of it if the caller holds
 * @param calleeHolds what comes of it if the callee does
 * @param keys whether keys arrive, whoever presses them
 * @param refused what became of a transfer or a pickup that was not done, in a stable word
 * @param spokenInstead of a codec that two users prefer, the one that they spoke
 * @param noCall why there was no call with the codecs, keys and suite that were asked for, in a stable word; null if there was one
 */
record Capabilities(
        Hold callerHolds,
        Hold calleeHolds,
        boolean keys,
        Map<CallFeature, String> refused,
        Map<String, String> spokenInstead,
        @Nullable String noCall) {
    /** Of a phone system that is known, or of which nothing could be found out. */
    static final Capabilities ALL = new Capabilities(Hold.TOLD, Hold.TOLD, true, Map.of(), Map.of(), null);

    /** What can be told though nobody calls. */
    private static final Set<String> WITHOUT_CALLS = Set.of("engine-exceptions", "registrations-lost");

    /** What becomes of a hold. */
    enum Hold {
        /** The other end is told. */
        TOLD,
        /** The other end is not told. */
        UNTOLD,
        /** There is none. */
        REFUSED
    }

    Capabilities {
        refused = Map.copyOf(refused);
        spokenInstead = Map.copyOf(spokenInstead);
    }

    /** Of one that lets nobody call with what was asked for. */
    static Capabilities withoutCalls(String why) {
        return new Capabilities(Hold.TOLD, Hold.TOLD, true, Map.of(), Map.of(), why);
    }

    /** What whom is put on hold is told and hears, of which nothing else is known. */
    OnHold onHold(OnHold known, boolean callerHolds) {
        return switch (callerHolds ? this.callerHolds : calleeHolds) {
            case TOLD -> known;
            case UNTOLD -> known == OnHold.ANYTHING ? OnHold.UNTOLD : known;
            case REFUSED -> OnHold.NEVER;
        };
    }

    CallScript script(CallScript whole) {
        return keys ? whole : whole.withoutKeys();
    }

    boolean can(CallFeature feature) {
        return !refused.containsKey(feature);
    }

    private boolean holds() {
        return callerHolds != Hold.REFUSED || calleeHolds != Hold.REFUSED;
    }

    /** In words, what it cannot, or does not show. */
    List<String> lacks() {
        List<String> said = new ArrayList<>();
        if (noCall != null) {
            said.add("a call with these codecs, keys and suite (" + noCall + ")");
        }
        addHold(said, "the caller", callerHolds, "the callee");
        addHold(said, "the callee", calleeHolds, "the caller");
        if (!keys) {
            said.add("keys, which do not arrive");
        }
        new TreeMap<>(spokenInstead)
                .forEach((codec, spoken) -> said.add(codec + " (two who prefer it speak " + spoken + ")"));
        new TreeMap<>(refused).forEach((feature, why) -> said.add(feature.title() + " (" + why + ")"));
        return said;
    }

    private static void addHold(List<String> said, String holder, Hold hold, String other) {
        switch (hold) {
            case TOLD -> {}
            case UNTOLD -> said.add(other + " being told when " + holder + " holds");
            case REFUSED -> said.add("a hold by " + holder);
        }
    }

    /** The gates without those of which it cannot have what they are about. */
    List<Gate> judged(List<Gate> gates) {
        Map<String, String> unjudged = new LinkedHashMap<>();
        if (!holds()) {
            unjudged.put("silence-on-hold", "the phone system does not let a call be held");
        }
        if (!keys) {
            unjudged.put("dtmf-received", "the phone system does not pass keys on");
        }
        EnumSet.allOf(CallFeature.class).stream()
                .filter(feature -> !can(feature))
                .forEach(feature -> Set.of("-done", "-speech-heard")
                        .forEach(end -> unjudged.put(
                                feature.code() + end, "the phone system did not do it: " + refused.get(feature))));
        List<Gate> judged = new ArrayList<>();
        for (Gate gate : gates) {
            String why = noCall != null && !WITHOUT_CALLS.contains(gate.id())
                    ? "nobody can call: " + noCall
                    : unjudged.get(gate.id());
            judged.add(why == null ? gate : gate.notJudged(why));
        }
        if (noCall != null) {
            judged.add(gate("media-agreed", "a call with the codecs, keys and suite that were asked for", noCall));
        }
        new TreeMap<>(spokenInstead)
                .forEach((codec, spoken) -> judged.add(
                        gate("codec-" + codec, codec + " between two who prefer it", "they spoke " + spoken)));
        return judged;
    }

    private static Gate gate(String id, String title, String found) {
        return Gate.of(id, title, found, "all", false).notJudged("the phone system cannot: " + found);
    }
}
