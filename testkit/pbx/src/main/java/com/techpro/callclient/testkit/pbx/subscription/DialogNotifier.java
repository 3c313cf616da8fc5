// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.subscription;

import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import com.techpro.callclient.testkit.pbx.call.WatchedLeg;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Notifies watchers of an extension about its phones' dialogs (RFC 4235): the full state after each
 * SUBSCRIBE, then changes. On the signalling loop.
 */
public final class DialogNotifier {
    public static final String EVENT = "dialog";
    /** The user part of the resource list of all extensions (RFC 4662). */
    public static final String LIST = "lamps";

    private static final String BOUNDARY = "resource-of-the-list";

    private final String domain;
    private final ActiveCalls calls;
    private final Set<String> extensions;
    private final Function<Flow, NameAddr> contacts;
    private final Notifier notifier;
    private final Notifier lists;

    public DialogNotifier(
            EngineLoop loop,
            String domain,
            ActiveCalls calls,
            Set<String> extensions,
            Function<Flow, NameAddr> contacts) {
        this.domain = domain;
        this.calls = calls;
        this.extensions = extensions;
        this.contacts = contacts;
        this.notifier = new Notifier(loop, calls::transactions, EVENT, this::everything);
        this.lists = new Notifier(
                loop,
                calls::transactions,
                EVENT,
                "eventlist",
                subscriber -> list(subscriber, "true", List.copyOf(extensions)));
        calls.watching(this::changed);
    }

    /** Handles a SUBSCRIBE outside dialogs, whose authenticated sender is that extension. */
    public void subscribe(ServerTransactionHandle transaction, String subscriber) {
        String watched = transaction.request().requestUri().user();
        if (LIST.equals(watched)) {
            lists.subscribe(transaction, LIST, subscriber, contacts.apply(transaction.flow()));
        } else if (watched == null || !extensions.contains(watched)) {
            transaction.respond(404);
        } else {
            notifier.subscribe(transaction, watched, subscriber, contacts.apply(transaction.flow()));
        }
    }

    /**
     * Handles a SUBSCRIBE within a dialog.
     *
     * @return false if the dialog is not one of this notifier's
     */
    public boolean refresh(ServerTransactionHandle transaction) {
        return notifier.refresh(transaction) || lists.refresh(transaction);
    }

    public void flowClosed(Flow flow) {
        notifier.flowClosed(flow);
        lists.flowClosed(flow);
    }

    /** Forgets all state, as after a restart. */
    public void forget() {
        notifier.forget();
        lists.forget();
    }

    private Notifier.Document everything(Notifier.Subscriber subscriber) {
        return document(subscriber, "full", calls.watched(subscriber.resource()));
    }

    private void changed(WatchedLeg leg) {
        for (Notifier.Subscriber subscriber : notifier.about(leg.extension())) {
            notifier.tell(subscriber, document(subscriber, "partial", List.of(leg)));
        }
        for (Notifier.Subscriber subscriber : lists.about(LIST)) {
            lists.tell(subscriber, list(subscriber, "false", List.of(leg.extension())));
        }
    }

    /** RFC 4662 §5: the list, and a part with the full state of each of its reported resources. */
    private Notifier.Document list(Notifier.Subscriber subscriber, String full, List<String> resources) {
        int version = subscriber.version();
        subscriber.nextVersion(version + 1);
        StringBuilder list = new StringBuilder();
        StringBuilder parts = new StringBuilder();
        for (String resource : resources) {
            list.append("<resource uri=\"sip:" + resource + "@" + domain + "\"><instance id=\"" + resource
                    + "\" state=\"active\" cid=\"" + resource + "@" + domain + "\"/></resource>\r\n");
            parts.append("--" + BOUNDARY + "\r\nContent-ID: <" + resource + "@" + domain
                    + ">\r\nContent-Type: application/dialog-info+xml\r\n\r\n"
                    + text(version, "full", resource, calls.watched(resource)) + "\r\n");
        }
        return new Notifier.Document(
                "multipart/related;type=\"application/rlmi+xml\";boundary=\"" + BOUNDARY + "\"",
                "--" + BOUNDARY + "\r\nContent-Type: application/rlmi+xml\r\n\r\n"
                        + "<?xml version=\"1.0\"?>\r\n<list xmlns=\"urn:ietf:params:xml:ns:rlmi\" uri=\"sip:" + LIST
                        + "@" + domain + "\" version=\"" + version + "\" fullState=\"" + full + "\">\r\n" + list
                        + "</list>\r\n" + parts + "--" + BOUNDARY + "--\r\n");
    }

    private Notifier.Document document(Notifier.Subscriber subscriber, String state, Collection<WatchedLeg> legs) {
        int version = subscriber.version();
        subscriber.nextVersion(version + 1);
        return new Notifier.Document("application/dialog-info+xml", text(version, state, subscriber.resource(), legs));
    }

    private String text(int version, String state, String extension, Collection<WatchedLeg> legs) {
        return "<?xml version=\"1.0\"?>\r\n<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\""
                + version + "\" state=\"" + state + "\" entity=\"sip:" + extension + "@" + domain + "\">\r\n"
                + legs.stream().map(DialogNotifier::dialog).collect(Collectors.joining())
                + "</dialog-info>\r\n";
    }

    private static String dialog(WatchedLeg leg) {
        String name = leg.other().displayName();
        return "<dialog id=\"" + escaped(leg.callId() + "." + leg.outgoing()) + "\" call-id=\""
                + escaped(leg.callId()) + "\""
                + (leg.localTag().isEmpty() ? "" : " local-tag=\"" + escaped(leg.localTag()) + "\"")
                + " remote-tag=\"" + escaped(leg.remoteTag()) + "\" direction=\""
                + (leg.outgoing() ? "initiator" : "recipient") + "\"><state>"
                + leg.state().word()
                + "</state><remote><identity" + (name == null ? "" : " display=\"" + escaped(name) + "\"") + ">"
                + escaped(leg.other().uri().encode()) + "</identity><target uri=\""
                + escaped(leg.target().uri().encode()) + "\"/></remote></dialog>\r\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
