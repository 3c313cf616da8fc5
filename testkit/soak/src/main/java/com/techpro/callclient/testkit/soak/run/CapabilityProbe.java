// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.testkit.soak.driver.CallDriver;
import com.techpro.callclient.testkit.soak.driver.EndMedia;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.script.CallScript;
import com.techpro.callclient.testkit.soak.script.Capabilities;
import com.techpro.callclient.testkit.soak.script.FeatureHost;
import com.techpro.callclient.testkit.soak.script.FeatureRecord;
import com.techpro.callclient.testkit.soak.script.ProbeCall;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what an unknown phone system supports, with a few unjudged calls. The first is held by
 * either end and has keys pressed at either. One per codec shows which codec is used. Each
 * requested kind of transfer and pickup is tried once. Runs on the caller's thread.
 */
final class CapabilityProbe {
    /** Longer than all steps of a call may take. */
    private static final Duration CALL_LIMIT = CallDriver.SET_UP_LIMIT.multipliedBy(6);

    private final SoakClient client;
    private final Set<CallFeature> features;
    private final boolean plain;
    private final BooleanSupplier stopped;

    /**
     * Creates a probe for one run.
     *
     * @param features that the users are to use
     * @param plain whether only universal codecs, keys and suites were requested: then a refused
     *     call is a fault
     */
    CapabilityProbe(SoakClient client, Set<CallFeature> features, boolean plain, BooleanSupplier stopped) {
        this.client = client;
        this.features = features;
        this.plain = plain;
        this.stopped = stopped;
    }

    Capabilities find(Collection<Extension> users) {
        List<Extension> pairs = WarmUp.oneOfEachKind(new ArrayList<>(users));
        Capabilities found = Capabilities.ALL;
        Map<String, String> instead = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size() && found.noCall() == null && !stopped.getAsBoolean(); i += 2) {
            ProbeCall call = call(pairs.get(i), pairs.get(i + 1), i == 0);
            if (call.spoken() != null) {
                addSpoken(call, instead);
                found = i == 0 ? call.found() : found;
            } else if (!plain && call.failure() instanceof Failure.MediaRefused refused) {
                found = Capabilities.withoutCalls(refused.code());
            }
        }
        Map<CallFeature, String> refused = found.noCall() == null ? refusedFeatures(users) : Map.of();
        return stopped.getAsBoolean()
                ? Capabilities.ALL
                : new Capabilities(
                        found.callerHolds(), found.calleeHolds(), found.keys(), refused, instead, found.noCall());
    }

    private ProbeCall call(Extension from, Extension to, boolean holdsAndKeys) {
        ProbeCall call = client.waiting().ask(() -> client.calls().probe(from, to, holdsAndKeys));
        client.waiting().until(CALL_LIMIT, () -> stopped.getAsBoolean() || call.isOver());
        return client.waiting().ask(() -> {
            call.breakOff();
            return call;
        });
    }

    private static void addSpoken(ProbeCall call, Map<String, String> instead) {
        MediaChoice caller = call.caller().extension().media();
        String spoken = spokenInstead(caller, call.callee().extension().media(), call.spoken());
        if (spoken != null) {
            instead.put(caller.codecs().get(0), spoken);
        }
    }

    /**
     * Returns the codec that two used instead of the one that both prefer. Null if they used that
     * one, prefer different ones, or prefer a universal one.
     */
    static @Nullable String spokenInstead(MediaChoice one, MediaChoice other, @Nullable EndMedia spoken) {
        String preferred = one.codecs().get(0);
        return spoken == null
                        || MediaChoice.G711.contains(preferred)
                        || !one.prefersAs(other)
                        || spoken.codec().equalsIgnoreCase(preferred)
                ? null
                : spoken.codec();
    }

    private Map<CallFeature, String> refusedFeatures(Collection<Extension> users) {
        Map<CallFeature, String> refused = new EnumMap<>(CallFeature.class);
        for (CallFeature feature : CallFeature.values()) {
            if (feature.hasThird()
                    && features.contains(feature)
                    && users.size() >= feature.users()
                    && !stopped.getAsBoolean()) {
                String problem =
                        attempt(feature, users.stream().limit(feature.users()).toList());
                if (problem != null) {
                    refused.put(feature, problem);
                }
            }
        }
        return refused;
    }

    private @Nullable String attempt(CallFeature feature, List<Extension> users) {
        List<FeatureRecord> done = new ArrayList<>();
        client.waiting().ask(() -> {
            client.calls().start(0, feature, CallScript.warmUp(), users, new FeatureHost() {
                @Override
                public void done(FeatureRecord result) {
                    done.add(result);
                }
            });
            return true;
        });
        client.waiting()
                .until(
                        CallDriver.SET_UP_LIMIT.multipliedBy(3),
                        () -> stopped.getAsBoolean() || client.calls().unfinished() == 0);
        return client.waiting()
                .ask(() -> done.isEmpty() ? "not-finished" : done.get(0).problem());
    }
}
