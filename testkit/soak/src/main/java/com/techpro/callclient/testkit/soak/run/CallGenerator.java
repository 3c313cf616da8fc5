// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.driver.ScriptedCall;
import com.techpro.callclient.testkit.soak.script.CallScript;
import com.techpro.callclient.testkit.soak.script.Capabilities;
import com.techpro.callclient.testkit.soak.script.FeatureCall;
import com.techpro.callclient.testkit.soak.script.FeatureHost;
import com.techpro.callclient.testkit.soak.script.FeatureRecord;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.Parking;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem.OnHold;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Starts calls between free extensions at the configured rate. Owned by the soak's loop. */
final class CallGenerator {
    private static final Duration REST = Duration.ofMillis(300);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    /**
     * One of this many calls is between any two users, the others between two who prefer the same
     * codec.
     */
    private static final int ANYBODY = 8;
    /** Of this many calls, one has each feature. */
    static final int ROUND = 10;

    private static final Map<Integer, CallFeature> IN_A_ROUND = Map.of(
            2, CallFeature.BLIND_TRANSFER,
            4, CallFeature.PARK,
            5, CallFeature.ATTENDED_TRANSFER,
            7, CallFeature.FORWARDED_TWICE,
            8, CallFeature.PICKUP);

    private final SoakSettings settings;
    private final SoakClient client;
    private final RunStatistics statistics;
    private final Random random;
    private final BiFunction<Extension, Extension, OnHold> onHold;
    private final @Nullable Parking parking;
    private final ArrayDeque<Extension> free = new ArrayDeque<>();
    /** Kept free for the next call that needs more than two users. */
    private final ArrayDeque<Extension> reserved = new ArrayDeque<>();

    private Capabilities able = Capabilities.ALL;
    private boolean dialling;
    private int numbered;

    /**
     * @param onHold how the phone system treats a held side, in a call from one to another
     * @param parking null if the phone system does not park
     */
    CallGenerator(
            SoakSettings settings,
            SoakClient client,
            RunStatistics statistics,
            Random random,
            BiFunction<Extension, Extension, OnHold> onHold,
            @Nullable Parking parking) {
        this.settings = settings;
        this.client = client;
        this.statistics = statistics;
        this.random = random;
        this.onHold = onHold;
        this.parking = parking;
    }

    /** Returns the extensions without a call. */
    ArrayDeque<Extension> free() {
        return free;
    }

    /** Uses only what the phone system supports from now on. */
    void within(Capabilities found) {
        able = found;
    }

    boolean isDialling() {
        return dialling;
    }

    /** Whether there were enough calls and users for one of each kind. */
    boolean hadRounds() {
        return numbered >= ROUND && settings.users() > 2;
    }

    void start() {
        dialling = true;
        statistics.loopback().askedFor(settings.duration().toNanos() / 1e9 * settings.rate());
        dialNext(client.loop().nanoTime());
    }

    void stop() {
        dialling = false;
    }

    private void dialNext(long due) {
        if (!dialling) {
            return;
        }
        CallFeature feature = nextFeature();
        int others = feature == null ? 0 : feature.users() - 2;
        while (reserved.size() < others && !free.isEmpty()) {
            reserved.add(take());
        }
        if (free.size() < 2) {
            statistics.loopback().noneFree();
        } else if (feature != null && reserved.size() >= others) {
            List<Extension> users = new ArrayList<>();
            for (int i = 0; i < others; i++) {
                users.add(reserved.remove());
            }
            Extension from = takeFor(users.get(0));
            users.addAll(0, List.of(from, takeFor(from)));
            start(feature, users);
        } else {
            // Any two free ones: over time, everybody calls everybody.
            Extension from = take();
            start(from, takeFor(from));
        }
        // By the clock: a late call does not delay the next.
        long next = due + (long) (1e9 / settings.rate());
        Duration until = Duration.ofNanos(Math.max(0, next - client.loop().nanoTime()));
        var unused = client.loop().schedule(until, () -> dialNext(next));
    }

    /** Returns the feature of the next call; null for a plain call. */
    private @Nullable CallFeature nextFeature() {
        CallFeature feature = IN_A_ROUND.get((numbered + 1) % ROUND);
        return feature != null
                        && settings.features().contains(feature)
                        && able.can(feature)
                        && settings.users() >= feature.users()
                ? feature
                : null;
    }

    private void start(Extension from, Extension to) {
        CallScript script = able.script(CallScript.random(random));
        OnHold held = able.onHold(onHold.apply(from, to), script.callerHolds());
        begin(List.of(from, to));
        client.calls()
                .start(
                        ++numbered,
                        script,
                        from,
                        to,
                        held,
                        client.texts()::exchange,
                        over -> end(over, List.of(from, to)),
                        judged -> statistics.add(judged, held));
    }

    private void start(CallFeature feature, List<Extension> users) {
        begin(users);
        statistics.features().tried(feature);
        client.calls().start(++numbered, feature, CallScript.random(random), users, new Features(users));
    }

    /** Receives the results of calls with more than two users. */
    private final class Features implements FeatureHost {
        private final List<Extension> users;

        Features(List<Extension> users) {
            this.users = users;
        }

        @Override
        public boolean remembered(FeatureCall call) {
            return client.remembers(call);
        }

        @Override
        public void consulted() {
            statistics.consulted();
        }

        @Override
        public void ended(ScriptedCall call) {
            end(call, users);
        }

        @Override
        public void judged(CallResult call) {
            statistics.add(call, OnHold.SILENCE);
        }

        @Override
        public void done(FeatureRecord result) {
            statistics.add(result);
        }

        @Override
        public @Nullable Parking parking() {
            return parking;
        }
    }

    private void begin(List<Extension> users) {
        statistics.attempted();
        users.forEach(client.lamps()::begin);
    }

    private void end(ScriptedCall over, List<Extension> users) {
        Map<Extension, List<LampState>> changes = over.lampChanges();
        changes.forEach(client.lamps()::ended);
        users.forEach(user -> rest(user, REST));
    }

    private void rest(Extension user, Duration time) {
        var unused = client.loop().schedule(time, () -> {
            if (client.lamps().isJudged(user)) {
                free.add(user);
            } else {
                rest(user, LOOK_AGAIN);
            }
        });
    }

    /**
     * Returns mostly an extension with the same preference, and sometimes another, with which G.711
     * is used.
     */
    private Extension takeFor(Extension from) {
        boolean anybody = random.nextInt(ANYBODY) == 0;
        List<Extension> alike = free.stream()
                .filter(to -> anybody || from.media().prefersAs(to.media()))
                .toList();
        if (alike.isEmpty()) {
            return take();
        }
        Extension to = alike.get(random.nextInt(alike.size()));
        free.remove(to);
        return to;
    }

    private Extension take() {
        for (int i = random.nextInt(free.size()); i > 0; i--) {
            free.add(free.remove());
        }
        return free.remove();
    }
}
