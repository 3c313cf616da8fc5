// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.UndialableException;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.conference.ConferenceSnapshot.State;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.privacy.SecretCopies.Part;
import java.time.Duration;
import java.util.function.Function;

/**
 * Rooms that are joined with a PIN: it is typed, or the call comes to nothing, or it ends before the
 * PIN is typed, or the account goes away first. In virtual time, at a scripted phone system.
 */
final class RoomPinCopies implements AutoCloseable {
    private static final String PBX = "10.0.0.1";
    private static final int RTP = 40_000;
    private static final int TELEPHONE_EVENT = 101;

    private final VirtualTime time = VirtualTime.seeded(6);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 6);
    private final ScriptedPeer pbx = ScriptedPeer.udp(network.host(PBX), PBX, 5060);
    private final CallClient client;
    private final Account account;

    /** @param secrets makes the PIN of each, which is wiped here as a host does */
    static void live(Function<Part, Secret> secrets) {
        try (RoomPinCopies scene = new RoomPinCopies()) {
            Conference typed = scene.joined(secrets.apply(Part.ROOM_PIN_TYPED));
            scene.time.advance(Duration.ofSeconds(20));
            scene.requireKeys(SecretCopies.UNIQUE);
            scene.leave(typed);

            scene.leave(scene.joined(secrets.apply(Part.ROOM_PIN_CUT_SHORT)));
            Conference refused = scene.join("busy", secrets.apply(Part.ROOM_PIN_OF_A_REFUSED_CALL));
            scene.until(refused, State.ENDED);
            scene.joinNowhere(secrets.apply(Part.ROOM_PIN_WITHOUT_A_CALL));
            var unused = scene.joined(secrets.apply(Part.ROOM_PIN_OF_A_GONE_ACCOUNT));
            scene.account.remove();
            scene.time.advance(Duration.ofSeconds(40));
            scene.requireKeys(SecretCopies.UNIQUE);
        }
    }

    private RoomPinCopies() {
        pbx.on(
                "REGISTER",
                register -> pbx.respond(register, "200 OK", "Contact: " + register.header("Contact") + ";expires=600"));
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
        pbx.on("INVITE", invite -> {
            if (invite.requestUri().contains("busy")) {
                pbx.respond(invite, "486 Busy Here");
            } else {
                pbx.respond(
                        invite,
                        "200 OK",
                        "Contact: <sip:room@" + PBX + ":5060>",
                        "Content-Type: application/sdp",
                        "",
                        "v=0",
                        "o=- 1 1 IN IP4 " + PBX,
                        "s=-",
                        "c=IN IP4 " + PBX,
                        "t=0 0",
                        "m=audio " + RTP + " RTP/AVP 0 " + TELEPHONE_EVENT,
                        "a=rtpmap:" + TELEPHONE_EVENT + " telephone-event/8000");
            }
        });
        client = CallClient.create(CallClientConfig.builder()
                .lab(lab ->
                        lab.schedulers(time).network(network.host("10.0.1.1")).random(time.random("phone")))
                .callbacks(Runnable::run)
                .build());
        account = client.addAccount(SipAccount.builder("1001", PBX, Secret.of("of the account"))
                .transport(SipTransport.UDP)
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                .build());
        time.runUntil(() -> account.registration().state() == RegistrationState.REGISTERED, Duration.ofSeconds(30));
    }

    private Conference join(String room, Secret pin) {
        Conference conference = account.join(room, ConferenceOptions.DEFAULT.withPin(pin));
        pin.wipe();
        return conference;
    }

    private void joinNowhere(Secret pin) {
        try {
            throw new AssertionError("joined " + join("", pin));
        } catch (UndialableException e) {
            pin.wipe();
        }
    }

    /** It has answered, and does not hear the PIN yet. */
    private Conference joined(Secret pin) {
        Conference conference = join("room", pin);
        until(conference, State.JOINED);
        return conference;
    }

    private void leave(Conference conference) {
        conference.leave();
        until(conference, State.ENDED);
    }

    private void until(Conference conference, State state) {
        time.runUntil(() -> conference.snapshot().state() == state, Duration.ofSeconds(30));
    }

    /** Of the whole scene: each key begins with a packet that is marked (RFC 4733 §2.5.1.1). */
    private void requireKeys(int expected) {
        long keys = network.trace().packets().stream()
                .filter(packet -> packet.to().getPort() == RTP
                        && packet.payload().length == 16
                        && (packet.payload()[1] & 0xff) == (0x80 | TELEPHONE_EVENT))
                .count();
        if (keys != expected) {
            throw new AssertionError(keys + " keys were typed, and not " + expected);
        }
    }

    @Override
    public void close() {
        client.close();
        time.advance(Duration.ofSeconds(6));
        pbx.close();
        network.close();
        time.close();
    }
}
