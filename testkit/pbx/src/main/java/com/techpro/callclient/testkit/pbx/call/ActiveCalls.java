// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.engine.internal.sip.transaction.TransactionLayer;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.media.LegMedia;
import com.techpro.callclient.testkit.pbx.media.MediaSource;
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
    /** Does what a device asks for by REFER in a call. */
    public interface Referrals {
        void referred(Leg by, ServerTransactionHandle refer);
    }

    private final LegContext context;
    private final Statistics statistics;
    private final Map<String, Leg> legs = new HashMap<>();
    /** What there is, and when it began. */
    private final Map<Call, Instant> calls = new LinkedHashMap<>();

    private Supplier<MediaSource> music = () -> {
        throw new IllegalStateException("there is no music");
    };

    private Referrals referrals = (by, refer) -> refer.respond(603);

    public ActiveCalls(EngineLoop loop, PbxSettings settings, Statistics statistics) {
        this.context = new LegContext(loop, settings);
        this.statistics = statistics;
    }

    /** What plays to those who wait. */
    public void playing(Supplier<MediaSource> newMusic) {
        music = newMusic;
    }

    public Supplier<MediaSource> music() {
        return music;
    }

    /** What is done when a device wants its far end to talk to somebody else. */
    public void referring(Referrals does) {
        referrals = does;
    }

    Referrals referrals() {
        return referrals;
    }

    /** The layer that their requests go through; another after each start. */
    public void over(TransactionLayer layer) {
        context.over(layer);
    }

    public EngineLoop loop() {
        return context.loop();
    }

    public TransactionLayer transactions() {
        return context.transactions();
    }

    /** The leg of a dialog; null if there is none. */
    public @Nullable Leg leg(String callId, @Nullable String localTag) {
        return legs.get(key(callId, localTag));
    }

    /** Who hears of what every device is doing. */
    public void watching(Consumer<WatchedLeg> listener) {
        context.watching(listener);
    }

    /** What the devices of an extension are doing. */
    public List<WatchedLeg> watched(String extension) {
        return legs.values().stream()
                .map(Leg::watched)
                .filter(Objects::nonNull)
                .filter(leg -> leg.extension().equals(extension))
                .toList();
    }

    /** A leg begins; it is here until it is closed. */
    Leg newLeg(Flow flow, @Nullable String extension, LegDialog dialog, LegMedia media, Call call) {
        String key = key(dialog.callId(), dialog.localTag());
        Leg leg = new Leg(context, flow, extension, dialog, media, call, closed -> legs.remove(key));
        legs.put(key, leg);
        return leg;
    }

    public int count() {
        return calls.size();
    }

    /** A call begins. */
    public void began(Call call) {
        calls.putIfAbsent(call, context.loop().now());
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
