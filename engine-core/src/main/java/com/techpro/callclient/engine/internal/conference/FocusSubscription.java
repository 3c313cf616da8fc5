// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import com.techpro.callclient.engine.internal.call.party.Focus;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterEffect;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterInput;
import com.techpro.callclient.engine.internal.conference.RosterMachine.RosterPhase;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.subscription.Subscription;
import com.techpro.callclient.stack.sip.subscription.SubscriptionState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Runs the {@link RosterMachine} of one conference over a subscription to its focus. Belongs to the loop. */
final class FocusSubscription {
    private static final Subscription.EventPackage PACKAGE =
            new Subscription.EventPackage("conference", ConferenceInfoReader.CONTENT_TYPE, Duration.ofHours(1));

    private final EngineLoop loop;
    private final Subscription subscription;
    private final Runnable changed;
    private RosterPhase phase = RosterMachine.START;
    private @Nullable Timer pause;
    private boolean refused;
    private boolean over;

    /** @param changed called when the roster changes, or becomes unavailable */
    FocusSubscription(EngineLoop loop, Random random, Focus focus, Runnable changed) {
        this.loop = loop;
        this.changed = changed;
        this.subscription = new Subscription(
                loop,
                focus.stack(),
                focus.endpoint(),
                random,
                PACKAGE,
                focus.conference(),
                new Subscription.Listener() {
                    @Override
                    public void subscription(SubscriptionState state) {
                        update(state);
                    }

                    @Override
                    public void notified(SipRequest notify) {
                        read(notify);
                    }
                });
    }

    void start() {
        subscription.start();
    }

    void flowLost() {
        subscription.flowLost();
    }

    void leave() {
        stopPause();
        subscription.leave();
    }

    void dispose() {
        over = true;
        stopPause();
        subscription.dispose();
    }

    /** Whether the focus refuses to report participants. */
    boolean isRefused() {
        return refused;
    }

    /** Whether the subscription has ended. */
    boolean isOver() {
        return over;
    }

    /** Returns null before anything is known. */
    @Nullable
    ConferenceState state() {
        if (phase instanceof RosterPhase.Known known) {
            return known.state();
        }
        return phase instanceof RosterPhase.Stale stale ? stale.state() : null;
    }

    boolean isCurrent() {
        return phase instanceof RosterPhase.Known;
    }

    private void update(SubscriptionState state) {
        if (state == SubscriptionState.INTERRUPTED) {
            feed(new RosterInput.Interrupted());
        } else if (state == SubscriptionState.ENDED) {
            over = true;
        } else if (state == SubscriptionState.REFUSED && !refused) {
            refused = true;
            stopPause();
            changed.run();
        }
    }

    private void read(SipRequest notify) {
        String type = notify.contentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(ConferenceInfoReader.CONTENT_TYPE)) {
            return;
        }
        ConferenceInfo info = ConferenceInfoReader.read(notify.bodyText().getBytes(StandardCharsets.UTF_8));
        feed(info == null ? new RosterInput.Unreadable() : new RosterInput.Document(info));
    }

    private void feed(RosterInput input) {
        RosterMachine.Step step = RosterMachine.next(phase, input);
        phase = step.phase();
        for (RosterEffect effect : step.effects()) {
            if (effect instanceof RosterEffect.Publish) {
                changed.run();
            } else if (effect instanceof RosterEffect.Refresh) {
                // Later, because the subscription is processing this notification.
                loop.execute(subscription::start);
            } else if (effect instanceof RosterEffect.StartPause start) {
                stopPause();
                pause = loop.schedule(start.length(), () -> {
                    pause = null;
                    feed(new RosterInput.PauseOver());
                });
            } else {
                stopPause();
            }
        }
    }

    private void stopPause() {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
    }
}
