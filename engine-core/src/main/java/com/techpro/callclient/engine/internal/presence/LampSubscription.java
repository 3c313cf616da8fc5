// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.diagnostics.RefusalReason;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.SipStack;
import com.techpro.callclient.engine.internal.sip.StatusMeaning;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.subscription.Subscription;
import com.techpro.callclient.engine.internal.sip.subscription.SubscriptionState;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.time.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one extension is doing, by a subscription to its dialogs (RFC 4235), or to its presence (RFC 3856) where the notifier has no dialogs. After a document that was missed or cannot be read a full one is asked for, less and less often as long as none comes. Belongs to the loop.
 */
public final class LampSubscription {
    /** How long a full document is waited for before it is asked for again. */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(4);

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

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
    private LampReading reading = LampReading.of(LampState.UNKNOWN);
    private @Nullable DialogTable table;
    /** The subscription that the table is of: documents are counted within one (§4.1). */
    private String callId = "";

    private @Nullable Timer pause;
    private Duration nextPause = FIRST_PAUSE;
    private boolean reachable;
    private boolean over;

    /** @param gone hears when it has been taken back */
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
        this.subscription = newSubscription();
    }

    private Subscription newSubscription() {
        Subscription.EventPackage of = source;
        return new Subscription(loop, stack, endpoint, random, of, extension, new Subscription.Listener() {
            @Override
            public void subscription(SubscriptionState state) {
                if (of.equals(source)) {
                    follow(state);
                }
            }

            @Override
            public void notified(SipRequest notify) {
                if (of.equals(source) && !over) {
                    read(notify);
                }
            }
        });
    }

    public LampReading reading() {
        return reading;
    }

    /** @param watcher hears of every change */
    public void add(Consumer<LampReading> watcher) {
        watchers.add(watcher);
    }

    /** @return whether nobody watches any more */
    boolean remove(Consumer<LampReading> watcher) {
        watchers.remove(watcher);
        return watchers.isEmpty();
    }

    /** The account is registered, again or at another address. */
    void registered() {
        reachable = true;
        ask();
    }

    void flowLost() {
        reachable = false;
        stopPause();
        subscription.flowLost();
    }

    /** Takes the subscription back when it is its turn. */
    void leave() {
        over = true;
        stopPause();
        pacer.run(subscription::leave);
    }

    void leaveNow() {
        over = true;
        stopPause();
        subscription.leave();
    }

    /** @param why what the lamp shows from now on */
    void dispose(LampState why) {
        over = true;
        stopPause();
        subscription.dispose();
        become(LampReading.of(why));
    }

    private void ask() {
        pacer.run(() -> {
            if (reachable && !over) {
                subscription.start();
            }
        });
    }

    private void follow(SubscriptionState state) {
        if (state == SubscriptionState.INTERRUPTED) {
            table = null;
            stopPause();
            become(LampReading.of(LampState.UNKNOWN));
        } else if (state == SubscriptionState.ENDED) {
            gone.accept(this);
        } else if (state == SubscriptionState.REFUSED) {
            stopPause();
            refused(subscription.refusal());
        }
    }

    /** A notifier without dialogs may still know whether somebody is there. */
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
            missed();
        } else {
            stopPause();
            nextPause = FIRST_PAUSE;
        }
    }

    /** Null if a full document is needed. */
    private @Nullable LampReading dialogs(SipRequest notify, byte[] body) {
        DialogInfo document = DialogInfoReader.read(body);
        if (document == null) {
            unreadable(notify);
        }
        table = document == null ? null : DialogTable.after(table, document);
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

    private void missed() {
        if (pause == null) {
            ask();
            pause = loop.schedule(nextPause, () -> {
                pause = null;
                missed();
            });
            Duration longer = nextPause.multipliedBy(2);
            nextPause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
    }

    private void stopPause() {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
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
