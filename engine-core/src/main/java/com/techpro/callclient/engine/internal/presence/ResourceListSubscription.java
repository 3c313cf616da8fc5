// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.subscription.Subscription;
import com.techpro.callclient.stack.sip.subscription.SubscriptionState;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to the dialogs of all extensions in the account's resource list (RFC 4662).
 * Without the list, each extension needs its own subscription. Belongs to the loop.
 */
final class ResourceListSubscription {
    private static final Subscription.EventPackage DIALOGS = new Subscription.EventPackage(
            "dialog",
            DialogInfoReader.CONTENT_TYPE + ", " + ResourceListReader.ROOT_TYPE + ", "
                    + ResourceListReader.CONTENT_TYPE,
            Duration.ofHours(1),
            "eventlist");

    private final EngineLoop loop;
    private final SipStack stack;
    private final SipEndpoint endpoint;
    private final SubscriptionPacer pacer;
    private final Runnable changed;
    private final Subscription subscription;
    private final FullStateRequests fullState;

    private @Nullable ResourceListTable table;
    /** Whether the current list is outdated until a full one arrives. */
    private boolean stale;
    /** Call-ID of the table's subscription; versions count within one subscription (§5.2). */
    private String callId = "";

    private boolean awaited = true;
    private boolean reachable;
    /** Whether the phone system has a single resource under the list's name. */
    private boolean single;

    private boolean over;

    /** @param changed called when the list or {@link #isAwaited} has changed */
    ResourceListSubscription(
            EngineLoop loop,
            SipStack stack,
            SipEndpoint endpoint,
            Random random,
            SubscriptionPacer pacer,
            SipUri list,
            Runnable changed) {
        this.loop = loop;
        this.stack = stack;
        this.endpoint = endpoint;
        this.pacer = pacer;
        this.changed = changed;
        this.fullState = new FullStateRequests(loop, this::ask);
        this.subscription = new Subscription(loop, stack, endpoint, random, DIALOGS, list, new Subscription.Listener() {
            @Override
            public void subscription(SubscriptionState state) {
                update(state);
            }

            @Override
            public void notified(SipRequest notify) {
                if (!over) {
                    read(notify);
                }
            }
        });
    }

    /** Whether it is still unknown if the phone system has the list. */
    boolean isAwaited() {
        return awaited && !over;
    }

    /**
     * Returns the list's state of an extension; null if the extension needs its own subscription.
     */
    @Nullable
    LampReading reading(SipUri extension) {
        ResourceListTable now = table;
        LampReading reading = now == null || over ? null : now.reading(extension);
        return reading != null && stale ? LampReading.of(LampState.UNKNOWN) : reading;
    }

    /** Subscribes, because the account is registered, again or at another address. */
    void registered() {
        reachable = true;
        ask();
    }

    void flowLost() {
        reachable = false;
        awaited = awaited || table != null;
        table = null;
        fullState.stop();
        subscription.flowLost();
    }

    /** Ends the subscription. */
    void leave() {
        end();
        subscription.leave();
    }

    /** Whether it ended because nobody watches, so that a new one may start. */
    boolean isLeft() {
        return over && !single;
    }

    void dispose() {
        end();
        subscription.dispose();
    }

    private void end() {
        over = true;
        table = null;
        fullState.stop();
    }

    private void ask() {
        pacer.run(() -> {
            if (reachable && !over) {
                subscription.start();
            }
        });
    }

    private void update(SubscriptionState state) {
        if (over || !reachable) {
            return;
        }
        // An active subscription without a list in its first notification shows nothing.
        awaited = false;
        if (state != SubscriptionState.ACTIVE) {
            table = null;
            fullState.stop();
        }
        changed.run();
    }

    private void read(SipRequest notify) {
        if (!notify.callId().equals(callId)) {
            callId = notify.callId();
            table = null;
        }
        if (!ResourceListReader.CONTENT_TYPE.equals(notify.contentType())) {
            // §4.5: a notifier without list support answers for a single resource of that name.
            single = true;
            end();
            loop.execute(subscription::leave);
            changed.run();
            return;
        }
        ResourceList list = ResourceListReader.read(
                notify.contentTypeParameter("boundary"), notify.contentTypeParameter("start"), notify.body());
        if (list == null) {
            stack.refused(endpoint.account(), RefusalReason.UNREADABLE_DOCUMENT, notify, 200);
        }
        ResourceListTable now = list == null ? null : ResourceListTable.after(table, list);
        stale = now == null;
        table = now == null ? table : now;
        if (now == null || !now.whole()) {
            fullState.missed();
        } else {
            fullState.received();
        }
        awaited = awaited && now == null;
        changed.run();
    }

    @Override
    public String toString() {
        return "ResourceListSubscription[" + (table == null ? "none" : table) + "]";
    }
}
