// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.subscription;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ClientListener;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transaction.TransactionLayer;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.testkit.pbx.call.LegDialog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The notifier's side of one event package (RFC 6665 §4.2): subscribers, expiry, and notifications.
 * On the signalling loop.
 */
public final class Notifier {
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final int MOST_SUBSCRIBERS = 10_000;

    private final EngineLoop loop;
    private final Supplier<TransactionLayer> transactions;
    private final String event;
    private final @Nullable String optionTag;
    private final Contents contents;
    private final List<Subscriber> subscribers = new ArrayList<>();

    public Notifier(EngineLoop loop, Supplier<TransactionLayer> transactions, String event, Contents contents) {
        this(loop, transactions, event, null, contents);
    }

    /**
     * @param optionTag the extension that a subscriber must support and that every NOTIFY requires;
     *     null for none
     */
    Notifier(
            EngineLoop loop,
            Supplier<TransactionLayer> transactions,
            String event,
            @Nullable String optionTag,
            Contents contents) {
        this.optionTag = optionTag;
        this.loop = loop;
        this.transactions = transactions;
        this.event = event;
        this.contents = contents;
    }

    /** Supplies the documents. */
    public interface Contents {
        /** Returns the full document sent after each SUBSCRIBE; null while there is none. */
        @Nullable
        Document current(Subscriber subscriber);
    }

    /** A NOTIFY body. */
    public record Document(String type, String text) {}

    /** A subscriber. */
    public static final class Subscriber {
        private final String resource;
        private final String extension;
        private final LegDialog dialog;
        private final Flow flow;
        private @Nullable Timer expiry;
        private long until;
        private int version;

        private Subscriber(String resource, String extension, LegDialog dialog, Flow flow) {
            this.resource = resource;
            this.extension = extension;
            this.dialog = dialog;
            this.flow = flow;
        }

        /** Returns the resource it subscribed to. */
        public String resource() {
            return resource;
        }

        /** Returns the subscriber's extension. */
        public String extension() {
            return extension;
        }

        Flow flow() {
            return flow;
        }

        /**
         * Returns the version of the next document, from 0; the writer of documents maintains it.
         */
        public int version() {
            return version;
        }

        public void nextVersion(int number) {
            version = number;
        }
    }

    /**
     * Handles a SUBSCRIBE outside dialogs, whose sender is authenticated as that extension and
     * authorised.
     */
    public void subscribe(ServerTransactionHandle transaction, String resource, String extension, NameAddr contact) {
        SipRequest request = transaction.request();
        Duration granted = granted(request);
        if (!granted.isZero() && granted.compareTo(SHORTEST) < 0) {
            transaction.respond(transaction
                    .response(423)
                    .set("Min-Expires", Long.toString(SHORTEST.toSeconds()))
                    .build());
        } else if (optionTag != null && !request.headers("Supported").contains(optionTag)) {
            transaction.respond(
                    transaction.response(421).set("Require", optionTag).build());
        } else if (subscribers.size() >= MOST_SUBSCRIBERS) {
            transaction.respond(503);
        } else {
            LegDialog dialog = LegDialog.called(request, transaction.localTag(), contact);
            Subscriber subscriber = new Subscriber(resource, extension, dialog, transaction.flow());
            subscribers.add(subscriber);
            grant(transaction, subscriber, granted);
        }
    }

    /**
     * Handles a SUBSCRIBE within a dialog.
     *
     * @return false if the dialog is not one of this notifier's
     */
    public boolean refresh(ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        for (Subscriber subscriber : subscribers) {
            if (subscriber.dialog.callId().equals(request.callId())
                    && subscriber.dialog.localTag().equals(request.to().tag())) {
                if (!request.isMethod("SUBSCRIBE") || !subscriber.dialog.accepts(request)) {
                    transaction.respond(500);
                } else {
                    subscriber.dialog.refreshTarget(request);
                    grant(transaction, subscriber, granted(request));
                }
                return true;
            }
        }
        return false;
    }

    /** Returns the subscribers of a resource. */
    public List<Subscriber> about(String resource) {
        return subscribers.stream()
                .filter(subscriber -> subscriber.resource.equals(resource))
                .toList();
    }

    /** Notifies one of them. */
    public void tell(Subscriber subscriber, @Nullable Document document) {
        long left = Math.max(0, (subscriber.until - loop.nanoTime()) / 1_000_000_000);
        notify(subscriber, document == null ? "pending" : "active;expires=" + left, document);
    }

    /** Ends all subscriptions to a resource. */
    public void end(String resource, String reason) {
        for (Subscriber subscriber : about(resource)) {
            end(subscriber, reason);
        }
    }

    public void flowClosed(Flow flow) {
        subscribers.removeIf(subscriber -> subscriber.flow == flow && stop(subscriber));
    }

    /** Forgets all state, as after a restart. */
    public void forget() {
        subscribers.forEach(Notifier::stop);
        subscribers.clear();
    }

    /** Sends any NOTIFY of the package, and reports its final status; 481 if there is none. */
    void send(SipRequest.Builder notify, Flow flow, @Nullable Document document, IntConsumer answered) {
        notify.set("Event", event);
        if (optionTag != null) {
            notify.set("Require", optionTag);
        }
        if (document != null) {
            notify.body(document.type(), document.text());
        }
        transactions.get().send(notify.build(), flow, new ClientListener() {
            @Override
            public void response(SipResponse response) {
                if (response.isFinal()) {
                    answered.accept(response.status());
                }
            }

            @Override
            public void failed(Failure why) {
                answered.accept(481);
            }
        });
    }

    private void grant(ServerTransactionHandle transaction, Subscriber subscriber, Duration granted) {
        SipResponse.Builder ok = transaction.response(200).set("Expires", Long.toString(granted.toSeconds()));
        if (optionTag != null) {
            ok.set("Require", optionTag);
        }
        transaction.respond(ok.contact(subscriber.dialog.contact()).build());
        stop(subscriber);
        if (granted.isZero()) {
            end(subscriber, "timeout");
        } else {
            subscriber.until = loop.nanoTime() + granted.toNanos();
            subscriber.expiry = loop.schedule(granted, () -> end(subscriber, "timeout"));
            tell(subscriber, contents.current(subscriber));
        }
    }

    private void end(Subscriber subscriber, String reason) {
        if (subscribers.remove(subscriber)) {
            stop(subscriber);
            notify(subscriber, "terminated;reason=" + reason, contents.current(subscriber));
        }
    }

    private void notify(Subscriber subscriber, String state, @Nullable Document document) {
        SipRequest.Builder notify = subscriber
                .dialog
                .request("NOTIFY")
                .contact(subscriber.dialog.contact())
                .set("Subscription-State", state);
        send(notify, subscriber.flow, document, status -> {
            if (status == 481 && subscribers.remove(subscriber)) {
                stop(subscriber);
            }
        });
    }

    private static boolean stop(Subscriber subscriber) {
        if (subscriber.expiry != null) {
            subscriber.expiry.cancel();
            subscriber.expiry = null;
        }
        return true;
    }

    private static Duration granted(SipRequest request) {
        long asked = request.number("Expires");
        return asked < 0 ? USUAL : Duration.ofSeconds(Math.min(asked, USUAL.toSeconds()));
    }
}
