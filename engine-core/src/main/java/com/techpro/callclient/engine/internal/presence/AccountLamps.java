// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The extensions that one account watches. Each uses the resource list or one subscription, however
 * many lamps show it. Belongs to the loop.
 */
public final class AccountLamps {
    private static final int MOST_TAKEN_BACK = 20;

    private final EngineLoop loop;
    private final SipStack stack;
    private final SipEndpoint endpoint;
    private final Random random;
    private final SubscriptionPacer pacer;
    private final Map<String, LampSubscription> watched = new LinkedHashMap<>();
    /** Subscriptions that are being ended. */
    private final Set<LampSubscription> left = new LinkedHashSet<>();

    private final @Nullable SipUri list;
    /** Subscribed while something is watched; null before, or without a list. */
    private @Nullable ResourceListSubscription listed;

    private boolean reachable;
    private String contact = "";

    /** @param list the phone system's resource list of extensions, or null */
    public AccountLamps(EngineLoop loop, SipStack stack, SipEndpoint endpoint, Random random, @Nullable SipUri list) {
        this.loop = loop;
        this.stack = stack;
        this.endpoint = endpoint;
        this.random = random;
        this.pacer = new SubscriptionPacer(loop);
        this.list = list;
    }

    /**
     * @param watcher receives every change from now on; the subscription's reading has the current
     *     state
     */
    public LampSubscription watch(SipUri extension, Consumer<LampReading> watcher) {
        LampSubscription lamp = watched.get(extension.encode());
        if (lamp == null) {
            lamp = new LampSubscription(loop, stack, endpoint, random, pacer, extension, left::remove);
            watched.put(extension.encode(), lamp);
            if (reachable) {
                subscribeToList();
                update(lamp);
            }
        }
        lamp.add(watcher);
        return lamp;
    }

    /** Stops watching; the subscription ends with its last watcher. */
    public void unwatch(SipUri extension, Consumer<LampReading> watcher) {
        LampSubscription lamp = watched.get(extension.encode());
        if (lamp != null && lamp.remove(watcher)) {
            watched.remove(extension.encode());
            left.add(lamp);
            lamp.leave();
            if (watched.isEmpty() && listed != null) {
                listed.leave();
            }
        }
    }

    private void subscribeToList() {
        if (list != null && !watched.isEmpty() && (listed == null || listed.isLeft())) {
            if (listed != null) {
                listed.dispose();
            }
            listed = new ResourceListSubscription(loop, stack, endpoint, random, pacer, list, this::update);
            listed.registered();
        }
    }

    /** Applies a change of the resource list. */
    private void update() {
        watched.values().forEach(this::update);
    }

    private void update(LampSubscription lamp) {
        LampReading reading = listed == null ? null : listed.reading(lamp.extension());
        if (reading != null) {
            lamp.listed(reading);
        } else if (listed == null || !listed.isAwaited()) {
            lamp.notListed();
        }
    }

    /** Subscribes, because the account is registered; its Contact may have changed. */
    public void registered() {
        String now = endpoint.subscriberContact().encode();
        if (!reachable || !now.equals(contact)) {
            reachable = true;
            contact = now;
            if (listed != null) {
                listed.registered();
            }
            subscribeToList();
            for (LampSubscription lamp : watched.values()) {
                if (listed == null || (!listed.isAwaited() && listed.reading(lamp.extension()) == null)) {
                    lamp.registered();
                }
            }
        }
    }

    public void flowLost() {
        if (reachable) {
            reachable = false;
            pacer.clear();
            if (listed != null) {
                listed.flowLost();
            }
            watched.values().forEach(LampSubscription::flowLost);
            for (LampSubscription lamp : new ArrayList<>(left)) {
                lamp.flowLost();
                lamp.leaveNow();
            }
        }
    }

    /**
     * Unsubscribes before the account is removed or presence is disabled. Only some are ended;
     * those of a large panel expire.
     */
    public void leave() {
        pacer.clear();
        if (listed != null) {
            listed.leave();
        }
        watched.values().stream().limit(MOST_TAKEN_BACK).forEach(LampSubscription::leaveNow);
    }

    /**
     * Ends everything.
     *
     * @param why the state that the lamps show from now on
     */
    public void dispose(LampState why) {
        pacer.stop();
        if (listed != null) {
            listed.dispose();
            listed = null;
        }
        new ArrayList<>(watched.values()).forEach(lamp -> lamp.dispose(why));
        left.forEach(lamp -> lamp.dispose(why));
        watched.clear();
        left.clear();
    }
}
