// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.subscription;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.transaction.ClientListener;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.engine.internal.sip.transaction.TransactionLayer;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.testkit.pbx.call.LegDialog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The notifier's side of one event package (RFC 6665 §4.2): who asked, until when, and what they are told. On the signalling loop. */
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

    /** @param optionTag the extension that whoever asks has to support, and that all it is told requires; null for none */
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

    /** What there is to tell. */
    public interface Contents {
        /** Everything, as each SUBSCRIBE is answered with; null while there is nothing to be told. */
        @Nullable
        Document current(Subscriber subscriber);
    }

    /** A body. */
    public record Document(String type, String text) {}

    /** Somebody who asked to be told. */
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

        /** What it asked about. */
        public String resource() {
            return resource;
        }

        /** Who asked. */
        public String extension() {
            return extension;
        }

        Flow flow() {
            return flow;
        }

        /** The number of the next document, from 0; kept by whoever writes them. */
        public int version() {
            return version;
        }

        public void nextVersion(int number) {
            version = number;
        }
    }

    /** A SUBSCRIBE outside dialogs, whose sender has proved to be that extension and may know. */
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
     * A SUBSCRIBE within a dialog.
     *
     * @return false if it is none of ours
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

    /** Those who asked about that. */
    public List<Subscriber> about(String resource) {
        return subscribers.stream()
                .filter(subscriber -> subscriber.resource.equals(resource))
                .toList();
    }

    /** Tells one of them. */
    public void tell(Subscriber subscriber, @Nullable Document document) {
        long left = Math.max(0, (subscriber.until - loop.nanoTime()) / 1_000_000_000);
        notify(subscriber, document == null ? "pending" : "active;expires=" + left, document);
    }

    /** There is nothing more to be told about that. */
    public void end(String resource, String reason) {
        for (Subscriber subscriber : about(resource)) {
            end(subscriber, reason);
        }
    }

    public void flowClosed(Flow flow) {
        subscribers.removeIf(subscriber -> subscriber.flow == flow && stop(subscriber));
    }

    /** As a restart without memory. */
    public void forget() {
        subscribers.forEach(Notifier::stop);
        subscribers.clear();
    }

    /** Sends any NOTIFY of the package, and hears its final status; 481 if there is none. */
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
