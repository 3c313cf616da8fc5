// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.IceSettings.Use;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One call, made or answered, with a phone system that has ICE lite and whose descriptions are literal. */
final class LiteIceCall implements AutoCloseable {
    private static final String ALLOW = "Allow: INVITE, ACK, CANCEL, BYE, UPDATE, INFO";

    final ScriptedPhoneSystem scene;
    final LiteIcePeer peer;
    final boolean incoming;
    /** When our offers came, the first of the call among them. */
    final List<Duration> offered = new ArrayList<>();
    /** After the lines that every description has. */
    private String[] attributes = {};
    /** In place of a description with ICE. */
    private String @Nullable [] answer;

    private int version;
    private int cseq;
    private @Nullable ScriptedMessage first;

    LiteIceCall(long seed, boolean incoming) {
        this(seed, SipTransport.UDP, incoming, config -> config);
    }

    LiteIceCall(long seed, SipTransport transport, boolean incoming, UnaryOperator<CallClientConfig.Builder> config) {
        this.incoming = incoming;
        scene = new ScriptedPhoneSystem(
                        seed, transport, account -> account.ice(IceSettings.DEFAULT.withUse(Use.OFFERED)), config)
                .registered();
        peer = new LiteIcePeer(scene.network.host(HOST), new InetSocketAddress(HOST, 40_000));
        scene.pbx.on("INVITE", this::accept);
        scene.pbx.on("UPDATE", update -> scene.pbx.respond(update, "200 OK", contact()));
        scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
    }

    /** The phone system's description at port 40,000. */
    static String[] described(int version, String ufrag, String password, String... more) {
        return describedAt(40_000, version, ufrag, password, more);
    }

    static String[] describedAt(int port, int version, String ufrag, String password, String... more) {
        List<String> all = new ArrayList<>(List.of(ScriptedPeer.sdp(
                HOST,
                port,
                version,
                "a=ice-ufrag:" + ufrag,
                "a=ice-pwd:" + password,
                "a=candidate:1 1 UDP 2130706431 " + HOST + " " + port + " typ host")));
        // It is the session's (RFC 8839 §5.3)
        all.add(all.indexOf("t=0 0") + 1, "a=ice-lite");
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    /** @param more lines of the phone system's descriptions, now and later */
    Call begin(String... more) {
        attributes = more;
        version = 1;
        Call call;
        if (incoming) {
            call = scene.answered(lines(ALLOW, usual()));
            first = scene.pbx.last("SIP/2.0 200");
            cseq = 1;
        } else {
            call = scene.established();
            first = scene.pbx.received("INVITE").get(0);
        }
        return call;
    }

    private String[] usual() {
        return described(version, LiteIcePeer.UFRAG, LiteIcePeer.PASSWORD, attributes);
    }

    /** What our offers are answered with from now on. */
    void answering(String... description) {
        answer = description;
    }

    private void accept(ScriptedMessage invite) {
        offered.add(Duration.ofNanos(scene.time.nanoTime()));
        version++;
        String[] description = answer == null ? usual() : answer;
        scene.pbx.respond(invite, "200 OK", lines(contact(), lines(ALLOW, description)));
    }

    private String contact() {
        return ScriptedPhoneSystem.CONTACT + (transport().equals("TCP") ? ";transport=tcp" : "");
    }

    private String transport() {
        return scene.pbx.last("REGISTER").header("Via").contains("/TCP") ? "TCP" : "UDP";
    }

    /** Ours, without that of the call's beginning. */
    List<ScriptedMessage> laterOffers() {
        List<ScriptedMessage> all = scene.pbx.received("INVITE");
        return all.subList(incoming ? 0 : 1, all.size());
    }

    /** The phone's first description. */
    ScriptedMessage first() {
        if (first == null) {
            throw new AssertionError("the call has not begun");
        }
        return first;
    }

    /**
     * A later offer of the phone system's.
     *
     * @return the phone's answer
     */
    ScriptedMessage offer(String method, String... description) {
        cseq++;
        scene.pbx.request(method, first(), cseq, tag(), lines(contact(), description));
        String expected = cseq + " " + method;
        scene.until(() -> scene.pbx.received("SIP/2.0 ").stream()
                .anyMatch(message -> message.header("CSeq").equals(expected) && message.status() >= 200));
        ScriptedMessage answered = scene.pbx.last("SIP/2.0 ");
        if (method.equals("INVITE")) {
            scene.pbx.request("ACK", first(), cseq, tag());
        }
        return answered;
    }

    /**
     * A later INVITE of the phone system's that leaves the offer to the phone.
     *
     * @param answering comes with the ACK
     * @return what the phone offers
     */
    ScriptedMessage askForOffer(String... answering) {
        cseq++;
        scene.pbx.request("INVITE", first(), cseq, tag(), contact());
        String expected = cseq + " INVITE";
        scene.until(() -> scene.pbx.received("SIP/2.0 200").stream()
                .anyMatch(message -> message.header("CSeq").equals(expected)));
        ScriptedMessage offer = scene.pbx.last("SIP/2.0 200");
        scene.pbx.request("ACK", first(), cseq, tag(), answering);
        return offer;
    }

    /** Candidates by INFO. */
    ScriptedMessage inform(String... fragment) {
        cseq++;
        List<String> all = new ArrayList<>(List.of(
                "Info-Package: trickle-ice",
                "Content-Type: application/trickle-ice-sdpfrag",
                "Content-Disposition: Info-Package",
                ""));
        all.addAll(List.of(fragment));
        scene.pbx.request("INFO", first(), cseq, tag(), all.toArray(new String[0]));
        String expected = cseq + " INFO";
        scene.until(() -> scene.pbx.last("SIP/2.0 ").header("CSeq").equals(expected));
        return scene.pbx.last("SIP/2.0 ");
    }

    private String tag() {
        return incoming ? "bob" : "scripted";
    }

    static String ufrag(ScriptedMessage described) {
        List<String> all = described.bodyLines("a=ice-ufrag:");
        return all.isEmpty() ? "" : all.get(0);
    }

    @Override
    public void close() {
        peer.close();
        scene.close();
    }
}
