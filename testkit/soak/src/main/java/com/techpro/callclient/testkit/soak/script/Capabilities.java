// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem.OnHold;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a phone system supports. The counted calls do not use what it lacks, and the related gates
 * are not judged.
 *
 * @param callerHolds the effect of a hold by the caller
 * @param calleeHolds the effect of a hold by the callee
 * @param keys whether DTMF arrives in both directions
 * @param refused the failure of a transfer or pickup, in a stable word
 * @param spokenInstead the codec used instead of one that two users prefer
 * @param noCall why no call was possible with the requested codecs, keys and suite, in a stable
 *     word; null if there was one
 */
public record Capabilities(
        Hold callerHolds,
        Hold calleeHolds,
        boolean keys,
        Map<CallFeature, String> refused,
        Map<String, String> spokenInstead,
        @Nullable String noCall) {
    /** The capabilities of a known phone system, or of one that could not be examined. */
    public static final Capabilities ALL = new Capabilities(Hold.TOLD, Hold.TOLD, true, Map.of(), Map.of(), null);

    /** The gates that can be judged without calls. */
    private static final Set<String> WITHOUT_CALLS = Set.of("engine-exceptions", "registrations-lost");

    /** The effect of a hold. */
    public enum Hold {
        /** The other end is notified. */
        TOLD,
        /** The other end is not notified. */
        UNTOLD,
        /** The hold fails. */
        REFUSED
    }

    public Capabilities {
        refused = Map.copyOf(refused);
        spokenInstead = Map.copyOf(spokenInstead);
    }

    /**
     * Returns the capabilities of a phone system that allows no call with the requested settings.
     */
    public static Capabilities withoutCalls(String why) {
        return new Capabilities(Hold.TOLD, Hold.TOLD, true, Map.of(), Map.of(), why);
    }

    /** Returns how a held side is treated, for an otherwise unknown phone system. */
    public OnHold onHold(OnHold known, boolean callerHolds) {
        return switch (callerHolds ? this.callerHolds : calleeHolds) {
            case TOLD -> known;
            case UNTOLD -> known == OnHold.ANYTHING ? OnHold.UNTOLD : known;
            case REFUSED -> OnHold.NEVER;
        };
    }

    public CallScript script(CallScript whole) {
        return keys ? whole : whole.withoutKeys();
    }

    public boolean can(CallFeature feature) {
        return !refused.containsKey(feature);
    }

    private boolean holds() {
        return callerHolds != Hold.REFUSED || calleeHolds != Hold.REFUSED;
    }

    /** Returns a description of what is lacking. */
    public List<String> lacks() {
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
                .forEach((codec, spoken) -> said.add(codec + " (two who prefer it use " + spoken + ")"));
        new TreeMap<>(refused).forEach((feature, why) -> said.add(feature.title() + " (" + why + ")"));
        return said;
    }

    private static void addHold(List<String> said, String holder, Hold hold, String other) {
        switch (hold) {
            case TOLD -> {}
            case UNTOLD -> said.add(other + " being notified when " + holder + " holds");
            case REFUSED -> said.add("a hold by " + holder);
        }
    }

    /** Returns the gates, of which those about missing capabilities are not judged. */
    public List<Gate> judged(List<Gate> gates) {
        Map<String, String> unjudged = new LinkedHashMap<>();
        if (!holds()) {
            unjudged.put("silence-on-hold", "the phone system does not support hold");
        }
        if (!keys) {
            unjudged.put("dtmf-received", "the phone system does not forward pressed keys");
        }
        EnumSet.allOf(CallFeature.class).stream()
                .filter(feature -> !can(feature))
                .forEach(feature -> Set.of("-done", "-speech-heard")
                        .forEach(end -> unjudged.put(
                                feature.code() + end, "the phone system did not support it: " + refused.get(feature))));
        List<Gate> judged = new ArrayList<>();
        for (Gate gate : gates) {
            String why = noCall != null && !WITHOUT_CALLS.contains(gate.id())
                    ? "no call is possible: " + noCall
                    : unjudged.get(gate.id());
            judged.add(why == null ? gate : gate.notJudged(why));
        }
        if (noCall != null) {
            judged.add(gate("media-agreed", "a call with the requested codecs, keys and suite", noCall));
        }
        new TreeMap<>(spokenInstead)
                .forEach((codec, spoken) -> judged.add(
                        gate("codec-" + codec, codec + " between two users who prefer it", "they used " + spoken)));
        return judged;
    }

    private static Gate gate(String id, String title, String found) {
        return Gate.of(id, title, found, "all", false).notJudged("the phone system cannot: " + found);
    }
}
