// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.message.TortureMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The 49 messages of RFC 4475 as the phone system of an account {@code user} might send them: what goes back, and what the account
 * gets to see. In no case does anything stay behind.
 */
class Rfc4475ReceivingPathTest {
    /** What a phone owes each message that can be understood; an empty answer is silence. */
    private static final Map<String, String> OWED = owed("""
            wsinv 481        to a dialog that does not exist
            intmeth 405
            esc01 404        the user part is one long unknown name
            escnull 405      no phone is a registrar
            esc02 405        a percent sign in a method escapes nothing
            lwsdisp 200
            longreq call     everything long is still understood
            dblreq 405       only the first of the two is looked at
            semiuri 404
            transports 200   whatever the other hops spoke
            mpart01 404      a text for somebody else
            unreason         a response to nothing
            noreason
            baddate call     the date is not believed
            badbranch 200
            unkscm 416
            novelsc 416
            unksm2 405
            bext01 420
            invut call       the call layer's 415
            regaut01 405
            bcast            a response to somebody else
            zeromf 200       it is for us and need not be forwarded
            cparam01 405
            cparam02 405
            regescrt 405
            sdp01 call       the call layer's 406
            inv2543 404      no magic cookie, no From tag
            """);

    private static Map<String, String> owed(String table) {
        Map<String, String> owed = new HashMap<>();
        for (String line : table.split("\n")) {
            String name = line.split(" ")[0];
            String outcome = line.substring(name.length()).trim().split(" ")[0];
            owed.put(name, outcome.matches("[0-9]{3}|call") ? outcome : "");
        }
        return owed;
    }

    static List<TortureMessage> all() {
        return TortureMessage.ALL;
    }

    @Test
    void nothing_that_is_understood_is_forgotten_here() {
        assertThat(all().stream().filter(m -> m.rejection() == null).map(TortureMessage::file))
                .containsExactlyInAnyOrderElementsOf(OWED.keySet());
    }

    @ParameterizedTest
    @MethodSource("all")
    void is_answered_as_a_phone_should_and_leaves_nothing(TortureMessage torture) {
        SipScene scene = new SipScene();
        SipEndpoint endpoint = scene.endpoint(SipAccount.builder("user", "pbx.example", Secret.of("x"))
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build());
        scene.register(endpoint);
        int answeredSoFar = scene.pbx.statuses().size();
        // One of the messages wants its answer on this port (RFC 3261 §18.2.2).
        ScriptedPeer otherPort = new ScriptedPeer(scene.network.host(SipScene.PBX), SipScene.PBX, 5050);

        scene.pbx.sendBytes(torture.bytes());
        scene.pass(50);

        List<String> outcome = new ArrayList<>();
        scene.pbx.statuses().stream().skip(answeredSoFar).forEach(status -> outcome.add(Integer.toString(status)));
        otherPort.statuses().forEach(status -> outcome.add(Integer.toString(status)));
        scene.heard.forEach(heard -> outcome.add(heard.equals("invite") ? "call" : heard));
        String owed = torture.rejection() == null
                ? OWED.get(torture.file())
                : torture.answer() == 0 ? "" : Integer.toString(torture.answer());
        assertThat(outcome).isEqualTo(owed.isEmpty() ? List.of() : List.of(owed));

        scene.incoming.forEach(invite -> scene.run(() -> invite.respond(486)));
        scene.run(endpoint::close);
        scene.assertQuiet();
        assertThat(scene.scheduler.pendingTimers()).isZero();
    }
}
