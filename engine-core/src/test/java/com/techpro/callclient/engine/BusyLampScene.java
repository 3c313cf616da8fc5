// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A phone that watches, and a notifier that says what the test wants. */
final class BusyLampScene implements AutoCloseable {
    final ScriptedPhoneSystem scene;
    final ScriptedPeer pbx;
    final List<LampState> shown = new ArrayList<>();
    private int cseq;

    BusyLampScene(long seed) {
        this(seed, config -> config);
    }

    BusyLampScene(long seed, UnaryOperator<CallClientConfig.Builder> config) {
        this(seed, SipTransport.UDP, config);
    }

    BusyLampScene(long seed, SipTransport transport, UnaryOperator<CallClientConfig.Builder> config) {
        this(seed, transport, account -> account, config);
    }

    BusyLampScene(
            long seed,
            SipTransport transport,
            UnaryOperator<SipAccount.Builder> account,
            UnaryOperator<CallClientConfig.Builder> config) {
        scene = new ScriptedPhoneSystem(seed, transport, account, config).registered();
        pbx = scene.pbx;
        pbx.on("SUBSCRIBE", this::accept);
    }

    void accept(ScriptedMessage subscribe) {
        pbx.respondWithTag(
                subscribe,
                "200 OK",
                "notifier",
                "Expires: " + subscribe.header("Expires"),
                "Contact: <sip:notifier@" + ScriptedPhoneSystem.HOST + ":5060>");
    }

    BusyLamp watch(String extension) {
        BusyLamp lamp = scene.alice.watch(extension);
        lamp.addListener((of, after) -> shown.add(after.state()));
        return lamp;
    }

    /** A lamp whose SUBSCRIBE has come. */
    BusyLamp watched(String extension) {
        int before = pbx.received("SUBSCRIBE").size();
        BusyLamp lamp = watch(extension);
        scene.until(() -> pbx.received("SUBSCRIBE").size() > before);
        return lamp;
    }

    /** A NOTIFY of the last subscription. */
    void tell(String state, String event, String type, String document) {
        tell(pbx.last("SUBSCRIBE"), state, event, type, document);
    }

    void tell(ScriptedMessage subscribe, String state, String event, String type, String document) {
        int answered = pbx.received("SIP/2.0").size();
        String from = subscribe.header("To");
        pbx.send("NOTIFY " + subscribe.uri("Contact") + " SIP/2.0\n"
                + "Via: " + pbx.via() + "\nMax-Forwards: 70\n"
                + "From: " + from + (from.contains(";tag=") ? "" : ";tag=notifier") + "\n"
                + "To: " + subscribe.header("From") + "\n"
                + "Call-ID: " + subscribe.header("Call-ID") + "\n"
                + "CSeq: " + ++cseq + " NOTIFY\n"
                + "Contact: <sip:notifier@" + ScriptedPhoneSystem.HOST + ":5060>\n"
                + "Event: " + event + "\n"
                + "Subscription-State: " + state + "\n"
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\n\n" + document));
        scene.until(() -> pbx.received("SIP/2.0").size() > answered);
    }

    /** A document of the dialog event package. */
    void dialogs(String document) {
        tell("active;expires=3600", "dialog", "application/dialog-info+xml", document);
    }

    static String document(int version, String state, String... dialogs) {
        return "<?xml version=\"1.0\"?>\n"
                + "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"" + version + "\" state=\""
                + state
                + "\" entity=\"sip:1002@192.0.2.10\">" + String.join("", dialogs) + "</dialog-info>";
    }

    static String dialog(String id, String direction, String state) {
        return "<dialog id=\"" + id + "\" direction=\"" + direction + "\"><state>" + state + "</state></dialog>";
    }

    /** One that rings at the extension, with all that it takes to pick it up. */
    static String ringing(String id, String target) {
        return "<dialog id=\"" + id + "\" call-id=\"c-" + id + "@pbx\" local-tag=\"theirs\" remote-tag=\"callers\" "
                + "direction=\"recipient\"><state>early</state>"
                + "<local><identity>sip:1002@192.0.2.10</identity></local>"
                + "<remote><identity display=\"Carol\">sip:1003@192.0.2.10</identity>"
                + (target.isEmpty() ? "" : "<target uri=\"" + target + "\"/>") + "</remote></dialog>";
    }

    @Override
    public void close() {
        scene.close();
    }
}
