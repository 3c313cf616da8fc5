// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.StatusMeaning;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.subscription.Subscription;
import com.techpro.callclient.stack.sip.subscription.SubscriptionState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches one extension. It uses the account's resource list, or a subscription to the extension's
 * dialogs (RFC 4235). If the notifier does not support dialogs, it subscribes to presence (RFC
 * 3856). Belongs to the loop.
 */
public final class LampSubscription {
    private static final Subscription.EventPackage DIALOGS =
            new Subscription.EventPackage("dialog", DialogInfoReader.CONTENT_TYPE, Duration.ofHours(1));
    private static final Subscription.EventPackage PRESENCE =
            new Subscription.EventPackage("presence", PidfReader.CONTENT_TYPE, Duration.ofHours(1));

    private static final byte[] NOTHING = {};

    private final EngineLoop loop;
    private final SipStack stack;
    private final SipEndpoint endpoint;
    private final SubscriptionPacer pacer;
    private final Random random;
    private final SipUri extension;
    private final List<Consumer<LampReading>> watchers = new ArrayList<>(1);
    private final Consumer<LampSubscription> gone;

    private Subscription.EventPackage source = DIALOGS;
    private Subscription subscription;
    /** The subscription used before the resource list covered the extension; it is being ended. */
    private @Nullable Subscription former;

    /** Counts subscriptions; events of earlier ones are ignored. */
    private int subscriptions;

    private LampReading reading = LampReading.of(LampState.UNKNOWN);
    private @Nullable DialogInfoTable table;
    /** Call-ID of the table's subscription; versions count within one subscription (§4.1). */
    private String callId = "";

    private final FullStateRequests fullState;
    /** Whether the resource list covers the extension. */
    private boolean listed;

    private boolean reachable;
    private boolean over;

    /** @param gone called once the subscription has ended */
    LampSubscription(
            EngineLoop loop,
            SipStack stack,
            SipEndpoint endpoint,
            Random random,
            SubscriptionPacer pacer,
            SipUri extension,
            Consumer<LampSubscription> gone) {
        this.loop = loop;
        this.stack = stack;
        this.endpoint = endpoint;
        this.pacer = pacer;
        this.gone = gone;
        this.random = random;
        this.extension = extension;
        this.fullState = new FullStateRequests(loop, this::ask);
        this.subscription = newSubscription();
    }

    private Subscription newSubscription() {
        int of = ++subscriptions;
        return new Subscription(loop, stack, endpoint, random, source, extension, new Subscription.Listener() {
            @Override
            public void subscription(SubscriptionState state) {
                if (of == subscriptions) {
                    update(state);
                }
            }

            @Override
            public void notified(SipRequest notify) {
                if (of == subscriptions && !over) {
                    read(notify);
                }
            }
        });
    }

    SipUri extension() {
        return extension;
    }

    public LampReading reading() {
        return reading;
    }

    /** @param watcher receives every change */
    public void add(Consumer<LampReading> watcher) {
        watchers.add(watcher);
    }

    /** @return whether no watcher is left */
    boolean remove(Consumer<LampReading> watcher) {
        watchers.remove(watcher);
        return watchers.isEmpty();
    }

    /**
     * Subscribes to the extension itself, because the account is registered, again or at another
     * address.
     */
    void registered() {
        reachable = true;
        listed = false;
        ask();
    }

    /**
     * Subscribes to the extension itself, unless it already does, because the resource list does
     * not cover it.
     */
    void notListed() {
        if (!reachable || listed) {
            registered();
        }
    }

    /** Takes the state from the resource list and ends the own subscription. */
    void listed(LampReading now) {
        if (!listed) {
            listed = true;
            reachable = false;
            fullState.stop();
            disposeFormer();
            Subscription alone = subscription;
            former = alone;
            source = DIALOGS;
            subscription = newSubscription();
            pacer.run(alone::leave);
        }
        become(now);
    }

    void flowLost() {
        reachable = false;
        listed = false;
        fullState.stop();
        disposeFormer();
        subscription.flowLost();
    }

    /** Ends the subscription, in its turn. */
    void leave() {
        over = true;
        fullState.stop();
        pacer.run(subscription::leave);
    }

    void leaveNow() {
        over = true;
        fullState.stop();
        subscription.leave();
    }

    /** @param why the state that the lamp shows from now on */
    void dispose(LampState why) {
        over = true;
        fullState.stop();
        disposeFormer();
        subscription.dispose();
        become(LampReading.of(why));
    }

    private void disposeFormer() {
        if (former != null) {
            former.dispose();
            former = null;
        }
    }

    private void ask() {
        pacer.run(() -> {
            if (reachable && !over) {
                subscription.start();
            }
        });
    }

    private void update(SubscriptionState state) {
        if (state == SubscriptionState.INTERRUPTED) {
            table = null;
            fullState.stop();
            become(LampReading.of(LampState.UNKNOWN));
        } else if (state == SubscriptionState.ENDED) {
            gone.accept(this);
        } else if (state == SubscriptionState.REFUSED) {
            fullState.stop();
            refused(subscription.refusal());
        }
    }

    /** Falls back to presence if the notifier does not support dialogs. */
    private void refused(int status) {
        StatusMeaning why = StatusMeaning.of(status);
        if (why == StatusMeaning.UNSUPPORTED && source.equals(DIALOGS)) {
            source = PRESENCE;
            subscription = newSubscription();
            ask();
        } else {
            become(LampReading.of(
                    switch (why) {
                        case UNSUPPORTED -> LampState.UNSUPPORTED;
                        case NOT_FOUND -> LampState.NOT_FOUND;
                        default -> LampState.FORBIDDEN;
                    }));
        }
    }

    private void read(SipRequest notify) {
        if (!notify.callId().equals(callId)) {
            callId = notify.callId();
            table = null;
        }
        byte[] document = isOf(source.accept(), notify) ? notify.bodyText().getBytes(StandardCharsets.UTF_8) : NOTHING;
        LampReading now = source.equals(DIALOGS) ? dialogs(notify, document) : presence(notify, document);
        become(now == null ? LampReading.of(LampState.UNKNOWN) : now);
        if (now == null) {
            fullState.missed();
        } else {
            fullState.received();
        }
    }

    /** Returns null if a full document is needed. */
    private @Nullable LampReading dialogs(SipRequest notify, byte[] body) {
        DialogInfo document = DialogInfoReader.read(body);
        if (document == null) {
            unreadable(notify);
        }
        table = document == null ? null : DialogInfoTable.after(table, document);
        return table == null ? null : LampReading.of(table);
    }

    private @Nullable LampReading presence(SipRequest notify, byte[] body) {
        LampState state = PidfReader.read(body);
        if (state == null) {
            unreadable(notify);
        }
        return state == null ? null : LampReading.of(state);
    }

    private void unreadable(SipRequest notify) {
        stack.refused(endpoint.account(), RefusalReason.UNREADABLE_DOCUMENT, notify, 200);
    }

    private static boolean isOf(String contentType, SipRequest notify) {
        String type = notify.contentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(contentType);
    }

    private void become(LampReading now) {
        if (!reading.equals(now)) {
            reading = now;
            new ArrayList<>(watchers).forEach(watcher -> watcher.accept(now));
        }
    }

    @Override
    public String toString() {
        return "LampSubscription[" + reading.state() + "]";
    }
}
