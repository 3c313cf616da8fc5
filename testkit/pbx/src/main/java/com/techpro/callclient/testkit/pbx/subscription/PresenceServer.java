// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.subscription;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.testkit.pbx.call.ActiveCalls;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the presence that extensions publish (RFC 3903) and notifies their watchers (RFC 3856).
 * Keeps the last publication of each. On the signalling loop.
 */
public final class PresenceServer {
    public static final String EVENT = "presence";

    private static final String TYPE = "application/pidf+xml";
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final EngineLoop loop;
    private final String domain;
    private final Set<String> extensions;
    private final Function<Flow, NameAddr> contacts;
    private final Notifier notifier;
    private final Map<String, Publication> publications = new HashMap<>();
    private int tags;

    public PresenceServer(
            EngineLoop loop,
            String domain,
            ActiveCalls calls,
            Set<String> extensions,
            Function<Flow, NameAddr> contacts) {
        this.loop = loop;
        this.domain = domain;
        this.extensions = extensions;
        this.contacts = contacts;
        this.notifier = new Notifier(loop, calls::transactions, EVENT, subscriber -> document(subscriber.resource()));
    }

    private record Publication(String tag, String document, Timer expiry) {}

    /** Handles a SUBSCRIBE outside dialogs, whose authenticated sender is that extension. */
    public void subscribe(ServerTransactionHandle transaction, String subscriber) {
        String watched = transaction.request().requestUri().user();
        if (watched == null || !extensions.contains(watched)) {
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
        return notifier.refresh(transaction);
    }

    /** Handles a PUBLISH whose authenticated sender is that extension (§6). */
    public void publish(ServerTransactionHandle transaction, String extension) {
        SipRequest request = transaction.request();
        long asked = request.number("Expires");
        Duration granted = asked < 0 ? LONGEST : Duration.ofSeconds(Math.min(asked, LONGEST.toSeconds()));
        Publication before = publications.get(extension);
        String match = request.header("SIP-If-Match");
        if (!extension.equals(request.requestUri().user())) {
            transaction.respond(403);
        } else if (!EVENT.equals(request.header("Event"))) {
            transaction.respond(
                    transaction.response(489).set("Allow-Events", EVENT).build());
        } else if (match != null && (before == null || !match.equals(before.tag()))) {
            transaction.respond(412);
        } else if (!granted.isZero() && granted.compareTo(SHORTEST) < 0) {
            transaction.respond(transaction
                    .response(423)
                    .set("Min-Expires", Long.toString(SHORTEST.toSeconds()))
                    .build());
        } else if (request.hasBody() ? !TYPE.equals(request.contentType()) : match == null) {
            transaction.respond(request.hasBody() ? 415 : 400);
        } else {
            String tag = "p" + ++tags;
            String document = request.hasBody() || before == null ? request.bodyText() : before.document();
            end(extension, false);
            if (!granted.isZero()) {
                Timer expiry = loop.schedule(granted, () -> end(extension, true));
                publications.put(extension, new Publication(tag, document, expiry));
            }
            transaction.respond(transaction
                    .response(200)
                    .set("SIP-ETag", tag)
                    .set("Expires", Long.toString(granted.toSeconds()))
                    .build());
            if (request.hasBody() || granted.isZero()) {
                tell(extension);
            }
        }
    }

    private void end(String extension, boolean telling) {
        Publication ended = publications.remove(extension);
        if (ended != null) {
            ended.expiry().cancel();
            if (telling) {
                tell(extension);
            }
        }
    }

    private void tell(String extension) {
        notifier.about(extension).forEach(subscriber -> notifier.tell(subscriber, document(extension)));
    }

    private Notifier.Document document(String extension) {
        @Nullable Publication published = publications.get(extension);
        return new Notifier.Document(
                TYPE,
                published != null
                        ? published.document()
                        : "<?xml version=\"1.0\"?>\r\n<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:"
                                + extension + "@" + domain
                                + "\"><tuple id=\"none\"><status><basic>closed</basic></status></tuple></presence>\r\n");
    }

    public void flowClosed(Flow flow) {
        notifier.flowClosed(flow);
    }

    /** Forgets all state, as after a restart. */
    public void forget() {
        notifier.forget();
        publications.values().forEach(publication -> publication.expiry().cancel());
        publications.clear();
    }
}
