// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.engine.Failure;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transaction.ClientListener;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.engine.internal.sip.transaction.TransactionLayer;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Tells devices whether messages wait (RFC 3842): those that subscribed within their subscription (RFC 6665), the others without one, as many
 * phone systems do. On the signalling loop.
 */
final class MessageLamp {
    private static final String EVENT = "message-summary";
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final EngineLoop loop;
    private final String domain;
    private final Registrar registrar;
    private final Supplier<TransactionLayer> transactions;
    private final Function<Flow, NameAddr> contacts;
    private final Supplier<String> tags;
    private final Map<String, Counts> counts = new HashMap<>();
    private final List<Subscriber> subscribers = new ArrayList<>();

    MessageLamp(
            EngineLoop loop,
            String domain,
            Registrar registrar,
            Supplier<TransactionLayer> transactions,
            Function<Flow, NameAddr> contacts,
            Supplier<String> tags) {
        this.loop = loop;
        this.domain = domain;
        this.registrar = registrar;
        this.transactions = transactions;
        this.contacts = contacts;
        this.tags = tags;
    }

    /** How many messages an extension has. */
    record Counts(int newMessages, int oldMessages) {}

    /** Somebody who asked to be told. */
    private static final class Subscriber {
        private final String extension;
        private final LegDialog dialog;
        private final Flow flow;
        private Timer expiry;

        Subscriber(String extension, LegDialog dialog, Flow flow, Timer expiry) {
            this.extension = extension;
            this.dialog = dialog;
            this.flow = flow;
            this.expiry = expiry;
        }
    }

    /** Sets what an extension is told, and tells it. */
    void set(String extension, int newMessages, int oldMessages) {
        counts.put(extension, new Counts(newMessages, oldMessages));
        List<Flow> told = new ArrayList<>();
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            if (subscriber.extension.equals(extension)) {
                notify(subscriber, "active");
                told.add(subscriber.flow);
            }
        }
        registrar.bindingsOf(extension).stream()
                .filter(binding -> !told.contains(binding.flow()))
                .forEach(this::notifyUnasked);
    }

    /** A SUBSCRIBE outside dialogs, whose sender has proved to be that extension. */
    void subscribe(ServerTransactionHandle transaction, String extension) {
        SipRequest request = transaction.request();
        Duration granted = granted(request);
        if (!EVENT.equals(request.header("Event"))) {
            transaction.respond(
                    transaction.response(489).set("Allow-Events", EVENT).build());
        } else if (!granted.isZero() && granted.compareTo(SHORTEST) < 0) {
            transaction.respond(transaction
                    .response(423)
                    .set("Min-Expires", Long.toString(SHORTEST.toSeconds()))
                    .build());
        } else {
            Flow flow = transaction.flow();
            LegDialog dialog = LegDialog.called(request, transaction.localTag(), contacts.apply(flow));
            Subscriber subscriber = new Subscriber(extension, dialog, flow, loop.schedule(granted, () -> {}));
            subscribers.add(subscriber);
            granted(transaction, subscriber, granted);
        }
    }

    /**
     * A SUBSCRIBE within a dialog.
     *
     * @return false if it is none of ours
     */
    boolean refresh(ServerTransactionHandle transaction) {
        SipRequest request = transaction.request();
        for (Subscriber subscriber : subscribers) {
            if (subscriber.dialog.callId().equals(request.callId())
                    && subscriber.dialog.localTag().equals(request.to().tag())) {
                if (!request.isMethod("SUBSCRIBE") || !subscriber.dialog.accepts(request)) {
                    transaction.respond(500);
                } else {
                    subscriber.dialog.refreshTarget(request);
                    granted(transaction, subscriber, granted(request));
                }
                return true;
            }
        }
        return false;
    }

    void flowClosed(Flow flow) {
        subscribers.removeIf(subscriber -> subscriber.flow == flow && subscriber.expiry.cancel());
    }

    /** As a restart without memory; the messages themselves stay. */
    void forgetSubscribers() {
        subscribers.forEach(subscriber -> subscriber.expiry.cancel());
        subscribers.clear();
    }

    private void granted(ServerTransactionHandle transaction, Subscriber subscriber, Duration granted) {
        SipResponse.Builder ok = transaction.response(200).set("Expires", Long.toString(granted.toSeconds()));
        transaction.respond(ok.contact(subscriber.dialog.contact()).build());
        subscriber.expiry.cancel();
        if (granted.isZero()) {
            end(subscriber);
        } else {
            subscriber.expiry = loop.schedule(granted, () -> end(subscriber));
            notify(subscriber, "active;expires=" + granted.toSeconds());
        }
    }

    private void end(Subscriber subscriber) {
        if (subscribers.remove(subscriber)) {
            notify(subscriber, "terminated;reason=timeout");
        }
    }

    private void notify(Subscriber subscriber, String state) {
        SipRequest.Builder notify = subscriber
                .dialog
                .request("NOTIFY")
                .contact(subscriber.dialog.contact())
                .set("Subscription-State", state);
        send(notify, subscriber.extension, subscriber.flow, status -> {
            if (status == 481 && subscribers.remove(subscriber)) {
                subscriber.expiry.cancel();
            }
        });
    }

    private void notifyUnasked(Binding binding) {
        SipUri mailbox = SipUri.of("sip", binding.extension(), domain, 0);
        SipRequest.Builder notify = SipRequest.builder(
                        "NOTIFY", binding.contact().uri())
                .from(NameAddr.of(mailbox).withTag(tags.get()))
                .to(NameAddr.of(mailbox))
                .callId(tags.get() + "@" + domain)
                .cseq(1, "NOTIFY")
                .contact(contacts.apply(binding.flow()))
                .set("Subscription-State", "terminated;reason=timeout");
        binding.path().forEach(notify::addRoute);
        send(notify, binding.extension(), binding.flow(), status -> {});
    }

    private void send(SipRequest.Builder notify, String extension, Flow flow, IntConsumer answered) {
        Counts now = counts.getOrDefault(extension, new Counts(0, 0));
        String body = "Messages-Waiting: " + (now.newMessages > 0 ? "yes" : "no") + "\r\n"
                + "Message-Account: sip:*97@" + domain + "\r\n"
                + "Voice-Message: " + now.newMessages + "/" + now.oldMessages + " (0/0)\r\n";
        notify.set("Event", EVENT).body("application/simple-message-summary", body);
        transactions.get().send(notify.build(), flow, new ClientListener() {
            @Override
            public void response(SipResponse response) {
                if (response.status() >= 200) {
                    answered.accept(response.status());
                }
            }

            @Override
            public void failed(Failure why) {
                answered.accept(481);
            }
        });
    }

    private static Duration granted(SipRequest request) {
        long asked = request.number("Expires");
        return asked < 0 ? USUAL : Duration.ofSeconds(Math.min(asked, USUAL.toSeconds()));
    }
}
