// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOutcome;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whom a focus names is asked to be removed by that name, and by nothing that hangs on it (RFC 4579
 * §5.11).
 */
class ConferenceRemovalTest {
    private static final String HOST = ScriptedPhoneSystem.HOST;

    private static Conference joined(ScriptedPhoneSystem scene, String entity) {
        scene.pbx.on(
                "INVITE",
                invite -> scene.pbx.respond(
                        invite,
                        "200 OK",
                        ScriptedPeer.lines(
                                "Contact: <sip:8000@" + HOST + ">;isfocus", ScriptedPeer.sdp(HOST, 40_000, 1))));
        scene.pbx.on("SUBSCRIBE", subscribe -> {
            scene.pbx.respond(subscribe, "200 OK", "Contact: <sip:8000@" + HOST + ">", "Expires: 600");
            scene.pbx.request(
                    "NOTIFY",
                    subscribe,
                    1,
                    "scripted",
                    "Event: conference",
                    "Subscription-State: active;expires=600",
                    "Contact: <sip:8000@" + HOST + ">",
                    "Content-Type: application/conference-info+xml",
                    "",
                    "<conference-info xmlns='urn:ietf:params:xml:ns:conference-info' entity='sip:8000@" + HOST
                            + "' state='full' version='1'><users><user entity='" + entity
                            + "'/></users></conference-info>");
        });
        scene.pbx.on("REFER", refer -> scene.pbx.respond(refer, "202 Accepted"));
        scene.registered();
        Conference conference = scene.alice.join("8000");
        scene.until(() -> conference.snapshot().state() == ConferenceSnapshot.State.JOINED);
        scene.until(() -> !participants(conference).isEmpty());
        return conference;
    }

    private static List<Participant> participants(Conference conference) {
        return conference.snapshot().roster().participants();
    }

    @Test
    void a_removal_under_way_is_answered_when_its_account_goes() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(4579)) {
            Conference conference = joined(scene, "sip:bob@" + HOST);
            var outcome = conference.remove(participants(conference).get(0)).toCompletableFuture();
            scene.until(() -> !scene.pbx.received("REFER").isEmpty());
            scene.pass(Duration.ofSeconds(1));
            assertThat(outcome).isNotDone();

            // It does not wait for the phone system's answer.
            var unused = scene.client.privacy().erase();
            scene.pass(Duration.ofSeconds(10));
            assertThat(outcome.getNow(null)).isInstanceOf(ConferenceOutcome.Accepted.class);
        }
    }

    @Test
    void headers_that_hang_on_a_name_are_not_sent() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(4579)) {
            Conference conference = joined(
                    scene, "sip:bob@" + HOST + "?Replaces=x%3Bto-tag%3D1%3Bfrom-tag%3D2&amp;Route=%3Csip:evil.test%3E");
            var unused = conference.remove(participants(conference).get(0));
            scene.until(() -> !scene.pbx.received("REFER").isEmpty());
            ScriptedMessage refer = scene.pbx.last("REFER");
            assertThat(refer.header("Refer-To"))
                    .contains("sip:bob@" + HOST)
                    .contains("method=BYE")
                    .doesNotContain("?", "Replaces", "evil");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tel:+493012345", "not an address", "xmpp:bob@example.com"})
    void a_participant_without_a_SIP_address_cannot_be_removed(String entity) {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(4579)) {
            Conference conference = joined(scene, entity);
            var outcome = conference.remove(participants(conference).get(0)).toCompletableFuture();
            scene.until(outcome::isDone);
            assertThat(outcome.join()).isInstanceOf(ConferenceOutcome.Unsupported.class);
            scene.pass(Duration.ofSeconds(1));
            assertThat(scene.pbx.received("REFER")).isEmpty();
        }
    }
}
