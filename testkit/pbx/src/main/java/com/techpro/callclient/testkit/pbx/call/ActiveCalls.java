// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.transaction.TransactionLayer;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.media.MediaSource;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import com.techpro.callclient.testkit.pbx.signalling.Statistics;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls that there are, their legs by dialog, and the loop and transactions that they use. On the signalling loop. */
public final class ActiveCalls {
    public static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, REGISTER, SUBSCRIBE, REFER";

    private final EngineLoop loop;
    private final PbxSettings settings;
    private final Statistics statistics;
    private final Map<String, Leg> legs = new HashMap<>();
    private Consumer<WatchedLeg> watcher = leg -> {};
    /** What there is, and when it began. */
    private final Map<Call, Instant> calls = new LinkedHashMap<>();

    private @Nullable TransactionLayer transactions;
    private Supplier<MediaSource> music = () -> {
        throw new IllegalStateException("there is no music");
    };

    private BridgedCall.Referrals referrals = (call, by, refer) -> refer.respond(603);

    public ActiveCalls(EngineLoop loop, PbxSettings settings, Statistics statistics) {
        this.settings = settings;
        this.loop = loop;
        this.statistics = statistics;
    }

    boolean does(FieldBehaviour behaviour, @Nullable String extension) {
        return settings.does(behaviour, extension);
    }

    /** What plays to those who wait. */
    public void playing(Supplier<MediaSource> newMusic) {
        music = newMusic;
    }

    public Supplier<MediaSource> music() {
        return music;
    }

    /** What is done when a device wants its far end to talk to somebody else. */
    public void referring(BridgedCall.Referrals does) {
        referrals = does;
    }

    BridgedCall.Referrals referrals() {
        return referrals;
    }

    /** The layer that their requests go through; another after each start. */
    public void over(TransactionLayer layer) {
        transactions = layer;
    }

    public EngineLoop loop() {
        return loop;
    }

    public TransactionLayer transactions() {
        TransactionLayer layer = transactions;
        if (layer == null) {
            throw new IllegalStateException("not started yet");
        }
        return layer;
    }

    /** The leg of a dialog; null if there is none. */
    public @Nullable Leg leg(String callId, @Nullable String localTag) {
        return legs.get(key(callId, localTag));
    }

    /** Who hears of what every device is doing. */
    public void watching(Consumer<WatchedLeg> listener) {
        watcher = listener;
    }

    void changed(WatchedLeg leg) {
        watcher.accept(leg);
    }

    /** What the devices of an extension are doing. */
    public List<WatchedLeg> watched(String extension) {
        return legs.values().stream()
                .map(Leg::watched)
                .filter(Objects::nonNull)
                .filter(leg -> leg.extension().equals(extension))
                .toList();
    }

    /** A leg begins. */
    Leg remember(Leg leg) {
        legs.put(key(leg.dialog().callId(), leg.dialog().localTag()), leg);
        return leg;
    }

    /** A leg is closed. */
    void forget(Leg leg) {
        legs.remove(key(leg.dialog().callId(), leg.dialog().localTag()));
    }

    public int count() {
        return calls.size();
    }

    /** A call begins. */
    public void began(Call call) {
        calls.putIfAbsent(call, loop.now());
        statistics.activeCalls(calls.size());
    }

    /** A call is answered. */
    public void connected(Call call) {
        if (calls.containsKey(call)) {
            statistics.connected();
        }
    }

    /** What all calls look like now, the oldest first. */
    public List<LiveCall> live() {
        return calls.entrySet().stream()
                .map(call -> LiveCalls.of(call.getKey(), call.getValue()))
                .toList();
    }

    /** All legs, in no particular order. */
    public List<Leg> legs() {
        return List.copyOf(legs.values());
    }

    /** A call is over. */
    void ended(Call call) {
        if (calls.remove(call) != null) {
            statistics.activeCalls(calls.size());
        }
    }

    /** Ends every call, saying goodbye. */
    public void hangUpAll() {
        List.copyOf(calls.keySet()).forEach(Call::hangUp);
    }

    /** Ends the calls that devices of an extension are in, saying goodbye. */
    public void hangUp(String extension) {
        legs.values().stream()
                .filter(leg -> extension.equals(leg.extension()))
                .map(Leg::call)
                .distinct()
                .toList()
                .forEach(Call::hangUp);
    }

    /** Drops every call without a word, as a crash would. */
    public void dropAll() {
        List.copyOf(calls.keySet()).forEach(Call::drop);
        calls.clear();
        legs.clear();
        statistics.activeCalls(0);
    }

    private static String key(String callId, @Nullable String localTag) {
        return callId + "\n" + localTag;
    }
}
