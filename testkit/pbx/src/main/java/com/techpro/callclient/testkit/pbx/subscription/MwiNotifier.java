// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.subscription;

import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transaction.TransactionLayer;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.testkit.pbx.registrar.Binding;
import com.techpro.callclient.testkit.pbx.registrar.Registrar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Notifies devices of waiting messages (RFC 3842): subscribers within their subscription (RFC
 * 6665), others without one, as many phone systems do. On the signalling loop.
 */
public final class MwiNotifier {
    public static final String EVENT = "message-summary";

    private static final Counts NONE = new Counts(0, 0);

    private final String domain;
    private final Registrar registrar;
    private final Function<Flow, NameAddr> contacts;
    private final Supplier<String> tags;
    private final Map<String, Counts> counts = new HashMap<>();
    private final Notifier notifier;

    public MwiNotifier(
            EngineLoop loop,
            String domain,
            Registrar registrar,
            Supplier<TransactionLayer> transactions,
            Function<Flow, NameAddr> contacts,
            Supplier<String> tags) {
        this.domain = domain;
        this.registrar = registrar;
        this.contacts = contacts;
        this.tags = tags;
        this.notifier = new Notifier(loop, transactions, EVENT, subscriber -> summary(subscriber.resource()));
    }

    /** The message counts of an extension. */
    record Counts(int newMessages, int oldMessages) {}

    /** Sets an extension's counts and notifies its devices. */
    public void set(String extension, int newMessages, int oldMessages) {
        counts.put(extension, new Counts(newMessages, oldMessages));
        List<Flow> told = new ArrayList<>();
        for (Notifier.Subscriber subscriber : notifier.about(extension)) {
            notifier.tell(subscriber, summary(extension));
            told.add(subscriber.flow());
        }
        registrar.devicesOf(extension).stream()
                .filter(binding -> !told.contains(binding.flow()))
                .forEach(this::notifyUnasked);
    }

    /** Sets all counts to 0, and notifies the extensions that had messages. */
    public void clear() {
        for (Map.Entry<String, Counts> told : Map.copyOf(counts).entrySet()) {
            if (!told.getValue().equals(NONE)) {
                set(told.getKey(), 0, 0);
            }
        }
    }

    /** Notifies a phone that has just registered, unless it has subscribed. */
    public void tellUnasked(String extension, Flow flow) {
        if (notifier.about(extension).stream().noneMatch(subscriber -> subscriber.flow() == flow)) {
            registrar.bindingsOf(extension).stream()
                    .filter(binding -> binding.flow() == flow)
                    .forEach(this::notifyUnasked);
        }
    }

    /** Handles a SUBSCRIBE outside dialogs, whose authenticated sender is that extension. */
    public void subscribe(ServerTransactionHandle transaction, String extension) {
        notifier.subscribe(transaction, extension, extension, contacts.apply(transaction.flow()));
    }

    /**
     * Handles a SUBSCRIBE within a dialog.
     *
     * @return false if the dialog is not one of this notifier's
     */
    public boolean refresh(ServerTransactionHandle transaction) {
        return notifier.refresh(transaction);
    }

    public void flowClosed(Flow flow) {
        notifier.flowClosed(flow);
    }

    /** Forgets subscribers, as after a restart; the counts stay. */
    public void forgetSubscribers() {
        notifier.forget();
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
        notifier.send(notify, binding.flow(), summary(binding.extension()), status -> {});
    }

    private Notifier.Document summary(String extension) {
        Counts now = counts.getOrDefault(extension, NONE);
        return new Notifier.Document(
                "application/simple-message-summary",
                "Messages-Waiting: " + (now.newMessages > 0 ? "yes" : "no") + "\r\n"
                        + "Message-Account: sip:*97@" + domain + "\r\n"
                        + "Voice-Message: " + now.newMessages + "/" + now.oldMessages + " (0/0)\r\n");
    }
}
