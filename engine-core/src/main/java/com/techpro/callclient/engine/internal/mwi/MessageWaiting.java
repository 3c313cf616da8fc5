// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.mwi;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.message.ParameterizedToken;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.subscription.Subscription;
import com.techpro.callclient.stack.sip.subscription.SubscriptionState;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether messages wait for one account: by subscription, and by the unsolicited notifications that many phone systems send without
 * one. A change is told once, however often it is notified. Belongs to the loop.
 */
public final class MessageWaiting {
    private static final String EVENT = "message-summary";
    private static final Subscription.EventPackage PACKAGE =
            new Subscription.EventPackage(EVENT, MessageSummary.CONTENT_TYPE, Duration.ofHours(1));

    private final SipEndpoint endpoint;
    private final Subscription subscription;
    private final Consumer<MessagesWaiting> changed;
    private final boolean subscribes;
    private @Nullable MessagesWaiting known;

    /**
     * @param subscribes whether to ask; what comes unasked is heard all the same
     * @param changed hears of every change, on the loop
     */
    public MessageWaiting(
            EngineLoop loop,
            SipStack stack,
            SipEndpoint endpoint,
            Random random,
            boolean subscribes,
            Consumer<MessagesWaiting> changed) {
        this.endpoint = endpoint;
        this.changed = changed;
        this.subscribes = subscribes;
        SipUri mailbox = endpoint.addressOfRecord().uri();
        this.subscription =
                new Subscription(loop, stack, endpoint, random, PACKAGE, mailbox, new Subscription.Listener() {
                    @Override
                    public void subscription(SubscriptionState state) {
                        // A phone system without it may still notify unasked: nothing to tell.
                    }

                    @Override
                    public void notified(SipRequest notify) {
                        read(notify);
                    }
                });
    }

    /** The account is registered, again or at another address. */
    public void registered() {
        if (subscribes) {
            subscription.start();
        }
    }

    public void flowLost() {
        subscription.flowLost();
    }

    public void unsubscribe() {
        subscription.leave();
    }

    public void dispose() {
        subscription.dispose();
    }

    /**
     * Takes a NOTIFY outside dialogs if it is one of ours. It must have come over the account's own connection: anybody else
     * could make the phone's lamp shine.
     *
     * @return whether it was answered
     */
    public boolean unsolicited(ServerTransactionHandle transaction) {
        SipRequest notify = transaction.request();
        ParameterizedToken event = ParameterizedToken.parse(notify.header("Event"));
        if (!notify.isMethod("NOTIFY") || event == null || !event.token().equals(EVENT)) {
            return false;
        }
        if (!endpoint.isReachedOn(transaction.flow())) {
            transaction.respond(403);
        } else {
            transaction.respond(read(notify) ? 200 : 400);
        }
        return true;
    }

    private boolean read(SipRequest notify) {
        String type = notify.contentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(MessageSummary.CONTENT_TYPE)) {
            return false;
        }
        MessagesWaiting summary = MessageSummary.parse(notify.bodyText());
        if (summary == null) {
            return false;
        }
        if (!summary.equals(known)) {
            known = summary;
            changed.accept(summary);
        }
        return true;
    }
}
