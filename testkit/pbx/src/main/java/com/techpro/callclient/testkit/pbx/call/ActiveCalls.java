// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transaction.TransactionLayer;
import com.techpro.callclient.stack.sip.transport.Flow;
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

/**
 * All current calls, their legs by dialog, and the loop and transactions that they use. On the
 * signalling loop.
 */
public final class ActiveCalls {
    /** Carries out a REFER that a device sends in a call. */
    public interface Referrals {
        void referred(Leg by, ServerTransactionHandle refer);
    }

    private final LegContext context;
    private final Statistics statistics;
    private final Map<String, Leg> legs = new HashMap<>();
    /** All calls, with the time when each began. */
    private final Map<CallControl, Instant> calls = new LinkedHashMap<>();

    private Supplier<MediaSource> music = () -> {
        throw new IllegalStateException("there is no music");
    };

    private Referrals referrals = (by, refer) -> refer.respond(603);

    public ActiveCalls(EngineLoop loop, PbxSettings settings, Statistics statistics) {
        this.context = new LegContext(loop, settings);
        this.statistics = statistics;
    }

    /** Sets the source of music for held devices. */
    public void playing(Supplier<MediaSource> newMusic) {
        music = newMusic;
    }

    public Supplier<MediaSource> music() {
        return music;
    }

    /** Sets the handler of REFERs from devices. */
    public void referring(Referrals does) {
        referrals = does;
    }

    Referrals referrals() {
        return referrals;
    }

    /** Sets the transaction layer; each start has a new one. */
    public void over(TransactionLayer layer) {
        context.over(layer);
    }

    public EngineLoop loop() {
        return context.loop();
    }

    public TransactionLayer transactions() {
        return context.transactions();
    }

    /** Returns the leg of a dialog; null if there is none. */
    public @Nullable Leg leg(String callId, @Nullable String localTag) {
        return legs.get(key(callId, localTag));
    }

    /** Sets the listener for changes of every device's call state. */
    public void watching(Consumer<WatchedLeg> listener) {
        context.watching(listener);
    }

    /** Returns the call states of an extension's devices. */
    public List<WatchedLeg> watched(String extension) {
        return legs.values().stream()
                .map(leg -> leg.watched().leg())
                .filter(Objects::nonNull)
                .filter(leg -> leg.extension().equals(extension))
                .toList();
    }

    /** Adds a leg; it stays until it is closed. */
    Leg newLeg(Flow flow, @Nullable String extension, LegDialog dialog, LegMedia media, CallControl call) {
        String key = key(dialog.callId(), dialog.localTag());
        Leg leg = new Leg(context, flow, extension, dialog, media, call, closed -> legs.remove(key));
        legs.put(key, leg);
        return leg;
    }

    public int count() {
        return calls.size();
    }

    /** Adds a call. */
    public void began(CallControl call) {
        calls.putIfAbsent(call, context.loop().now());
        statistics.activeCalls(calls.size());
    }

    /** Counts an answered call. */
    public void connected(CallControl call) {
        if (calls.containsKey(call)) {
            statistics.connected();
        }
    }

    /** Returns a snapshot of all calls, oldest first. */
    public List<LiveCall> live() {
        return calls.entrySet().stream()
                .map(call -> LiveCalls.of(call.getKey(), call.getValue()))
                .toList();
    }

    /** Returns all legs, in no particular order. */
    public List<Leg> legs() {
        return List.copyOf(legs.values());
    }

    /** Removes a call that has ended. */
    void ended(CallControl call) {
        if (calls.remove(call) != null) {
            statistics.activeCalls(calls.size());
        }
    }

    /** Ends every call with BYE. */
    public void hangUpAll() {
        List.copyOf(calls.keySet()).forEach(CallControl::hangUp);
    }

    /** Ends the calls of an extension's devices with BYE. */
    public void hangUp(String extension) {
        legs.values().stream()
                .filter(leg -> extension.equals(leg.extension()))
                .map(Leg::call)
                .distinct()
                .toList()
                .forEach(CallControl::hangUp);
    }

    /** Drops every call without a message, as a crash does. */
    public void dropAll() {
        List.copyOf(calls.keySet()).forEach(CallControl::drop);
        calls.clear();
        legs.clear();
        statistics.activeCalls(0);
    }

    private static String key(String callId, @Nullable String localTag) {
        return callId + "\n" + localTag;
    }
}
