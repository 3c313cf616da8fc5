// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The phone system's reports of extensions, to busy lamps (RFC 4235). */
final class Notifier {
    private final ScriptedPeer peer;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Map<String, String> dialogs = new HashMap<>();
    private int serial;

    /** @param subscribe the first one */
    private record Subscription(String extension, ScriptedMessage subscribe, InetSocketAddress client) {}

    Notifier(ScriptedPeer peer) {
        this.peer = peer;
    }

    void subscribe(ScriptedMessage subscribe) {
        if (!subscribe.header("Event").startsWith("dialog")) {
            peer.respond(subscribe, "489 Bad Event");
            return;
        }
        boolean ends = subscribe.header("Expires").equals("0");
        peer.respondWithTag(
                subscribe,
                "200 OK",
                "notifier",
                "Expires: " + subscribe.header("Expires"),
                Addresses.contact("notifier"));
        Subscription subscription = null;
        for (Subscription each : subscriptions) {
            if (each.subscribe.header("Call-ID").equals(subscribe.header("Call-ID"))) {
                subscription = each;
            }
        }
        if (subscription == null) {
            subscription = new Subscription(Addresses.userOf(subscribe.uri("To")), subscribe, peer.remote());
            subscriptions.add(subscription);
        }
        notify(subscription, ends);
        if (ends) {
            subscriptions.remove(subscription);
        }
    }

    /** @param caller of a call that can be picked up, or null */
    void extensionIs(String extension, LampState state, @Nullable PartyIdentity caller) {
        String word = switch (state) {
            case IDLE -> "terminated";
            case RINGING -> "early";
            case TALKING -> "confirmed";
            default -> throw new IllegalArgumentException("no phone system reports " + state);
        };
        String id = "d" + ++serial;
        String remote = caller == null
                ? ""
                : "<remote><identity display=\"" + escaped(caller.displayName()) + "\">sip:" + caller.user() + "@"
                        + caller.domain() + "</identity></remote>";
        String ids = caller == null ? "" : " call-id=\"" + id + "\" local-tag=\"theirs\" remote-tag=\"callers\"";
        dialogs.put(
                extension,
                "<dialog id=\"" + id + "\"" + ids + " direction=\"recipient\"><state>" + word + "</state>" + remote
                        + "</dialog>");
        for (Subscription each : List.copyOf(subscriptions)) {
            if (each.extension.equals(extension)) {
                notify(each, false);
            }
        }
    }

    private static String escaped(@Nullable String text) {
        return text == null
                ? ""
                : text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private void notify(Subscription subscription, boolean ends) {
        peer.sendTo(subscription.client.getHostString(), subscription.client.getPort());
        peer.request(
                "NOTIFY",
                subscription.subscribe,
                ++serial,
                "notifier",
                Addresses.contact("notifier"),
                "Event: " + subscription.subscribe.header("Event"),
                "Subscription-State: " + (ends ? "terminated;reason=timeout" : "active;expires=3600"),
                "Content-Type: application/dialog-info+xml",
                "",
                "<?xml version=\"1.0\"?>",
                "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"" + serial
                        + "\" state=\"full\" entity=\"sip:" + subscription.extension + "@"
                        + Addresses.DOMAIN + "\">"
                        + dialogs.getOrDefault(subscription.extension, "") + "</dialog-info>");
    }
}
