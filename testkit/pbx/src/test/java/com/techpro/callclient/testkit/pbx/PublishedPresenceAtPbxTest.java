// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The PBX's presence server (RFC 3903, RFC 3856): on the wire, and with an engine that publishes. */
class PublishedPresenceAtPbxTest {
    private static final String URI = "sip:1001@pbx.test";

    /** Sends a request, proves the password when that is asked for, and gives the status. */
    private static int ask(PlainPhoneScene scene, String method, String callId, String body, String... lines) {
        PlainPhone phone = scene.phone;
        phone.send(phone.message(method, URI, callId, 1, "", lines, ""));
        scene.time.advance(Duration.ofMillis(200));
        String[] more = List.of(lines).toArray(new String[lines.length + 1]);
        more[lines.length] = phone.authorization(method, URI, "open sesame", "MD5", 1);
        phone.received().clear();
        phone.send(phone.message(method, URI, callId, 2, "", more, body)
                .replace("Content-Type: application/sdp", "Content-Type: application/pidf+xml"));
        scene.time.advance(Duration.ofMillis(200));
        return PlainPhone.statusOf(phone.received().stream()
                .filter(message -> message.startsWith("SIP/2.0"))
                .findFirst()
                .orElseThrow());
    }

    private static String notified(PlainPhoneScene scene) {
        return scene.phone.received().stream()
                .filter(message -> message.startsWith("NOTIFY"))
                .reduce((first, last) -> last)
                .orElse("");
    }

    private static String tag(PlainPhoneScene scene) {
        return scene.phone.received().stream()
                .filter(message -> message.contains("SIP-ETag: "))
                .map(message -> message.replaceFirst("(?s).*SIP-ETag: ([^\r]*).*", "$1"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void published_state_is_notified_until_it_expires_and_only_its_tag_changes_it() {
        try (PlainPhoneScene scene = new PlainPhoneScene()) {
            scene.phone.answering("NOTIFY");
            String contact = "Contact: <sip:1001@" + scene.phone.host() + ">";
            assertThat(ask(scene, "SUBSCRIBE", "watch", "", "Event: presence", "Expires: 3600", contact))
                    .isEqualTo(200);
            assertThat(notified(scene)).contains("Event: presence").contains("<basic>closed</basic>");

            String open = "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"" + URI
                    + "\"><tuple id=\"a\"><status><basic>open</basic></status></tuple></presence>";
            assertThat(ask(scene, "PUBLISH", "p1", open, "Event: presence", "Expires: 30"))
                    .isEqualTo(423);
            assertThat(ask(scene, "PUBLISH", "p2", open, "Event: presence", "Expires: 60"))
                    .isEqualTo(200);
            String tag = tag(scene);
            assertThat(notified(scene)).contains("<basic>open</basic>");
            assertThat(ask(scene, "PUBLISH", "p3", "", "Event: presence", "Expires: 60", "SIP-If-Match: other"))
                    .isEqualTo(412);
            assertThat(ask(scene, "PUBLISH", "p4", open, "Event: dialog", "Expires: 60"))
                    .isEqualTo(489);
            assertThat(ask(scene, "PUBLISH", "p5", "", "Event: presence", "Expires: 60", "SIP-If-Match: " + tag))
                    .isEqualTo(200);
            assertThat(tag(scene)).isNotEqualTo(tag);
            scene.phone.received().clear();
            scene.time.advance(Duration.ofSeconds(61));
            assertThat(notified(scene)).contains("<basic>closed</basic>");
        }
    }

    @Test
    void an_engine_publishes_and_does_so_anew_after_a_restart_without_memory() {
        try (PbxScene scene = new PbxScene(3903, builder -> builder)) {
            PbxScene.Phone alice = scene.phone("1001").registered();
            CompletionStage<PublicationOutcome> first = alice.account.publishPresence(PresenceStatus.AWAY);
            scene.until(first.toCompletableFuture()::isDone);
            assertThat(first.toCompletableFuture().join()).isEqualTo(new PublicationOutcome.Published());

            scene.pbx.restart();
            scene.pass(Duration.ofMinutes(2));
            CompletionStage<PublicationOutcome> second = alice.account.publishPresence(PresenceStatus.BUSY, "x");
            scene.until(second.toCompletableFuture()::isDone);
            assertThat(second.toCompletableFuture().join()).isEqualTo(new PublicationOutcome.Published());
            CompletionStage<PublicationOutcome> third = alice.account.withdrawPresence();
            scene.until(third.toCompletableFuture()::isDone);
            assertThat(third.toCompletableFuture().join()).isEqualTo(new PublicationOutcome.Withdrawn());
        }
    }
}
