// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The far end of one call: what it sends to the client, and what it answers by itself. */
final class FarEnd {
    enum Progress {
        UNANSWERED,
        ANSWERED,
        ENDED
    }

    private final ScriptedPhoneSystem system;
    private final CallDirection direction;
    private final String number;
    private final String tag;
    private final InetSocketAddress client;
    private final FarEndSound sound;
    private final ScriptedMessage firstInvite;
    /** The one that it sent last; of a dialled call the client's first one. */
    private ScriptedMessage invite;
    /** The client's message that began the dialog. */
    private @Nullable ScriptedMessage dialog;

    private Progress progress = Progress.UNANSWERED;
    private int refusal;
    private int cseq = 1;
    private boolean ackDelayed;
    private boolean holds;
    private boolean refusesResume;
    private boolean transfers;

    private FarEnd(
            ScriptedPhoneSystem system,
            CallDirection direction,
            String number,
            String tag,
            InetSocketAddress client,
            FarEndSound sound,
            ScriptedMessage invite) {
        this.system = system;
        this.direction = direction;
        this.number = number;
        this.tag = tag;
        this.client = client;
        this.sound = sound;
        this.firstInvite = invite;
        this.invite = invite;
    }

    /** The far end that the app has dialled. */
    static FarEnd dialled(ScriptedPhoneSystem system, ScriptedMessage invite) {
        String tag = "far" + system.nextSerial();
        FarEnd made = new FarEnd(
                system,
                CallDirection.OUTGOING,
                Addresses.userOf(invite.requestUri()),
                tag,
                system.peer.remote(),
                new FarEndSound(system.time, system.server, tag),
                invite);
        made.dialog = invite;
        system.peer.respond(invite, "100 Trying");
        return made;
    }

    /** A far end that calls the app. */
    static FarEnd calling(ScriptedPhoneSystem system, String user, PartyIdentity caller, String... headers) {
        ScriptedPhoneSystem.Line line = system.requireLine(user);
        String tag = "far" + system.nextSerial();
        FarEndSound sound = new FarEndSound(system.time, system.server, tag);
        List<String> lines = new ArrayList<>(List.of(
                "INVITE " + line.contact() + " SIP/2.0",
                "Via: " + system.peer.via(),
                "Max-Forwards: 70",
                "From: " + Addresses.of(caller) + ";tag=" + tag,
                "To: <sip:" + user + "@" + line.domain() + ">",
                "Call-ID: " + tag + "@" + Addresses.HOST,
                "CSeq: 1 INVITE",
                Addresses.contact(caller.user())));
        lines.addAll(List.of(headers));
        lines.addAll(sound.offer("sendrecv"));
        system.sendTo(line.client());
        ScriptedMessage invite = system.peer.send(String.join("\n", lines) + "\n");
        return new FarEnd(system, CallDirection.INCOMING, caller.user(), tag, line.client(), sound, invite);
    }

    CallDirection direction() {
        return direction;
    }

    String number() {
        return number;
    }

    Progress progress() {
        return progress;
    }

    int refusal() {
        return refusal;
    }

    String digits() {
        return sound.digits();
    }

    ScriptedMessage firstInvite() {
        return firstInvite;
    }

    void delayAck() {
        ackDelayed = true;
    }

    void refuseResume(boolean refuses) {
        refusesResume = refuses;
    }

    boolean isTransferred() {
        return transfers;
    }

    void silence(boolean now) {
        sound.silence(now);
    }

    /** Answers the INVITE that the app has dialled, without audio. */
    void respond(String status) {
        respond(status, List.of());
    }

    /** Answers the INVITE that the app has dialled, and sends audio from now on. */
    void respondWithSound(String status) {
        respond(status, sound.answer(invite, "sendrecv"));
        sound.start();
        if (status.startsWith("2")) {
            progress = Progress.ANSWERED;
        }
    }

    private void respond(String status, List<String> body) {
        system.sendTo(client);
        system.peer.respondWithTag(invite, status, tag, lines(body));
    }

    private String[] lines(List<String> more) {
        List<String> lines = new ArrayList<>(List.of(Addresses.contact(number)));
        lines.addAll(more);
        return lines.toArray(new String[0]);
    }

    void cancel(String... more) {
        outsideDialog("CANCEL", invite.header("To"), more);
    }

    void acknowledge() {
        ackDelayed = false;
        sendNumbered("ACK", 1);
    }

    void hold(boolean held) {
        holds = held;
        invite = send("INVITE", sound.offer(held ? "sendonly" : "sendrecv").toArray(new String[0]));
    }

    /** Reports the progress of the app's transfer (RFC 3515 §2.4.4). */
    void notifyTransfer(int status) {
        boolean last = status >= 200;
        transfers = !last;
        send(
                "NOTIFY",
                "Event: refer",
                "Subscription-State: " + (last ? "terminated;reason=noresource" : "active;expires=60"),
                "Content-Type: message/sipfrag;version=2.0",
                "",
                "SIP/2.0 " + status + " Transfer");
    }

    /** Sends a request in the dialog. */
    ScriptedMessage send(String method, String... more) {
        return sendNumbered(method, ++cseq, more);
    }

    private ScriptedMessage sendNumbered(String method, int sequence, String... more) {
        system.sendTo(client);
        return system.peer.request(method, Objects.requireNonNull(dialog), sequence, tag, lines(List.of(more)));
    }

    /** Sends a CANCEL or an ACK in the transaction of the INVITE (RFC 3261 §9.1, §17.1.1.3). */
    private void outsideDialog(String method, String to, String... more) {
        StringBuilder request = new StringBuilder(method + " " + invite.requestUri() + " SIP/2.0\nVia: ");
        request.append(invite.header("Via")).append("\nMax-Forwards: 70\nFrom: ");
        request.append(invite.header("From")).append("\nTo: ").append(to);
        request.append("\nCall-ID: ").append(invite.header("Call-ID")).append("\nCSeq: ");
        request.append(sequence(invite)).append(' ').append(method).append('\n');
        for (String each : more) {
            request.append(each).append('\n');
        }
        system.sendTo(client);
        system.peer.send(request.toString());
    }

    private static int sequence(ScriptedMessage message) {
        return Integer.parseInt(message.header("CSeq").split(" ", 2)[0]);
    }

    void end() {
        progress = Progress.ENDED;
        sound.close();
    }

    /** Takes a message of the client's in this call. */
    void take(ScriptedMessage message) {
        if (!message.isRequest()) {
            takeResponse(message);
            return;
        }
        switch (message.method()) {
            case "INVITE", "UPDATE" -> takeOffer(message);
            case "BYE" -> {
                system.peer.respond(message, "200 OK");
                end();
            }
            case "CANCEL" -> {
                system.peer.respond(message, "200 OK");
                respond("487 Request Terminated");
                end();
            }
            case "REFER" -> {
                transfers = true;
                system.peer.respond(message, "202 Accepted", Addresses.contact(number));
            }
            case "ACK" -> {}
            default -> system.peer.respond(message, "200 OK");
        }
    }

    private void takeOffer(ScriptedMessage offer) {
        boolean sound = !offer.bodyLines("m=audio").isEmpty();
        boolean held = !offer.bodyLines("a=sendonly").isEmpty()
                || !offer.bodyLines("a=inactive").isEmpty();
        if (sound && !held && refusesResume) {
            system.peer.respond(offer, "403 Forbidden");
            return;
        }
        String direction = held ? (holds ? "inactive" : "recvonly") : (holds ? "sendonly" : "sendrecv");
        system.peer.respond(offer, "200 OK", lines(sound ? this.sound.answer(offer, direction) : List.of()));
    }

    private void takeResponse(ScriptedMessage response) {
        if (!response.method().equals("INVITE") || response.status() < 200) {
            return;
        }
        if (response.status() >= 300) {
            outsideDialog("ACK", response.header("To"));
            if (progress == Progress.UNANSWERED) {
                refusal = response.status();
                end();
            }
            return;
        }
        if (progress == Progress.UNANSWERED) {
            dialog = response;
            progress = Progress.ANSWERED;
            sound.start();
        }
        CryptoAttribute.Usable unused = sound.learn(response);
        if (!ackDelayed) {
            sendNumbered("ACK", sequence(response));
        }
    }
}
