// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Own presence, message by message (RFC 3903). */
class PublishedPresenceTest {
    private ScriptedPhoneSystem scene = open(Policy.OPEN);
    /** Answers in their order; then each PUBLISH is accepted, for an hour, with a tag of its own. */
    private final Deque<List<String>> answers = new ArrayDeque<>();

    private int tags;

    private ScriptedPhoneSystem open(Policy policy) {
        ScriptedPhoneSystem opened = new ScriptedPhoneSystem(
                        3903,
                        SipTransport.UDP,
                        account -> account,
                        config -> config.platform(p -> p.store(new FakeSecureStore(new FakeSecureStore.Disk())))
                                .policy(policy))
                .registered();
        opened.pbx.on("PUBLISH", publish -> answer(opened, publish));
        return opened;
    }

    private void answer(ScriptedPhoneSystem of, ScriptedMessage publish) {
        List<String> next = answers.poll();
        if (next == null) {
            of.pbx.respondWithTag(
                    publish, "200 OK", "esc", "SIP-ETag: tag" + ++tags, "Expires: " + publish.header("Expires"));
        } else {
            of.pbx.respondWithTag(
                    publish, next.get(0), "esc", next.subList(1, next.size()).toArray(new String[0]));
        }
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void pass(Duration time) {
        scene.pass(time);
    }

    private List<ScriptedMessage> publishes() {
        return scene.pbx.received("PUBLISH");
    }

    private PublicationOutcome publish(PresenceStatus status, String note) {
        CompletableFuture<PublicationOutcome> outcome =
                scene.alice.publishPresence(status, note).toCompletableFuture();
        scene.until(outcome::isDone);
        return outcome.join();
    }

    @Test
    void a_PUBLISH_goes_to_the_address_of_record_with_a_PIDF_document() {
        assertThat(publish(PresenceStatus.ON_THE_PHONE, "at <home> & \"here\""))
                .isEqualTo(new PublicationOutcome.Published());

        ScriptedMessage publish = publishes().get(0);
        assertThat(publish.requestUri()).isEqualTo("sip:alice@192.0.2.10");
        assertThat(publish.header("Event")).isEqualTo("presence");
        assertThat(publish.header("Expires")).isEqualTo("3600");
        assertThat(publish.header("Content-Type")).isEqualTo("application/pidf+xml");
        assertThat(publish.headers("SIP-If-Match")).isEmpty();
        assertThat(publish.body())
                .contains("entity=\"sip:alice@192.0.2.10\"")
                .contains("<status><basic>open</basic></status>")
                .contains("<note>at &lt;home&gt; &amp; &quot;here&quot;</note>")
                .contains("<rpid:on-the-phone/>");
    }

    @Test
    void it_is_refreshed_by_its_tag_without_a_body_and_changed_by_its_tag_with_one() {
        publish(PresenceStatus.AVAILABLE, "");
        pass(Duration.ofMinutes(55));
        assertThat(publishes()).hasSize(2);
        assertThat(publishes().get(1).header("SIP-If-Match")).isEqualTo("tag1");
        assertThat(publishes().get(1).body()).isEmpty();

        publish(PresenceStatus.OFFLINE, "");
        assertThat(publishes().get(2).header("SIP-If-Match")).isEqualTo("tag2");
        assertThat(publishes().get(2).body()).contains("<basic>closed</basic>");
    }

    @Test
    void where_the_phone_system_has_forgotten_it_it_is_published_anew() {
        publish(PresenceStatus.AWAY, "");
        answers.add(List.of("412 Conditional Request Failed"));
        pass(Duration.ofMinutes(55));

        assertThat(publishes()).hasSize(3);
        assertThat(publishes().get(2).headers("SIP-If-Match")).isEmpty();
        assertThat(publishes().get(2).body()).contains("<rpid:away/>");
        assertThat(publishes().get(2).header("Call-ID"))
                .isNotEqualTo(publishes().get(1).header("Call-ID"));
    }

    @Test
    void a_too_brief_publication_is_extended_and_refreshed_within_the_granted_time() {
        answers.add(List.of("423 Interval Too Brief", "Min-Expires: 7200"));
        answers.add(List.of("200 OK", "SIP-ETag: x", "Expires: 60"));
        publish(PresenceStatus.BUSY, "");
        assertThat(publishes().get(1).header("Expires")).isEqualTo("7200");
        assertThat(publishes().get(1).body()).contains("<rpid:busy/>");

        pass(Duration.ofSeconds(55));
        assertThat(publishes()).hasSize(3);
        assertThat(publishes().get(2).header("SIP-If-Match")).isEqualTo("x");
    }

    @Test
    void a_phone_system_that_refuses_is_told_typed_and_not_asked_again() {
        answers.add(List.of("405 Method Not Allowed"));
        assertThat(publish(PresenceStatus.BUSY, "")).isEqualTo(new PublicationOutcome.Unsupported());
        assertThat(publish(PresenceStatus.AWAY, "")).isEqualTo(new PublicationOutcome.Unsupported());
        pass(Duration.ofHours(2));
        assertThat(publishes()).hasSize(1);

        scene.close();
        scene = open(Policy.OPEN);
        answers.add(List.of("403 Forbidden"));
        assertThat(publish(PresenceStatus.BUSY, "")).isEqualTo(new PublicationOutcome.Forbidden());

        scene.close();
        scene = open(Policy.OPEN);
        answers.add(List.of("489 Bad Event"));
        assertThat(publish(PresenceStatus.BUSY, "")).isEqualTo(new PublicationOutcome.Unsupported());
    }

    @Test
    void after_a_failure_it_is_tried_again_and_not_before_it_was_asked_to() {
        answers.add(List.of("503 Service Unavailable", "Retry-After: 100"));
        assertThat(publish(PresenceStatus.BUSY, "")).isInstanceOf(PublicationOutcome.Failed.class);
        pass(Duration.ofSeconds(95));
        assertThat(publishes()).hasSize(1);
        pass(Duration.ofSeconds(10));
        assertThat(publishes()).hasSize(2);
        assertThat(publishes().get(1).body()).contains("<rpid:busy/>");
    }

    @Test
    void do_not_disturb_replaces_the_published_presence_and_restores_it_afterwards() {
        scene.client.incomingCalls().doNotDisturb().set(true);
        pass(Duration.ofSeconds(1));
        assertThat(publishes()).as("an account that publishes nothing").isEmpty();

        publish(PresenceStatus.AVAILABLE, "at my desk");
        assertThat(publishes().get(0).body()).contains("<rpid:busy/>").contains("Do not disturb");
        assertThat(publishes().get(0).body()).doesNotContain("at my desk");
        scene.client.incomingCalls().doNotDisturb().set(false);
        pass(Duration.ofSeconds(1));
        assertThat(publishes().get(1).header("SIP-If-Match")).isEqualTo("tag1");
        assertThat(publishes().get(1).body()).contains("at my desk").doesNotContain("busy");
    }

    @Test
    void it_is_taken_back_when_asked_and_when_the_account_is_removed() {
        publish(PresenceStatus.AVAILABLE, "");
        CompletableFuture<PublicationOutcome> outcome =
                scene.alice.withdrawPresence().toCompletableFuture();
        scene.until(outcome::isDone);
        assertThat(outcome.join()).isEqualTo(new PublicationOutcome.Withdrawn());
        assertThat(publishes().get(1).header("Expires")).isEqualTo("0");
        assertThat(publishes().get(1).header("SIP-If-Match")).isEqualTo("tag1");
        assertThat(publishes().get(1).body()).isEmpty();

        publish(PresenceStatus.AVAILABLE, "");
        String tag = "tag" + tags;
        scene.alice.remove();
        pass(Duration.ofSeconds(2));
        assertThat(publishes().get(3).header("Expires")).isEqualTo("0");
        assertThat(publishes().get(3).header("SIP-If-Match")).isEqualTo(tag);
        pass(Duration.ofHours(2));
        assertThat(publishes()).hasSize(4);
    }

    @Test
    void a_failed_withdrawal_is_retried_later() {
        publish(PresenceStatus.BUSY, "");
        answers.add(List.of("503 Service Unavailable", "Retry-After: 60"));
        scene.alice.withdrawPresence();
        pass(Duration.ofMinutes(3));

        assertThat(publishes().subList(1, publishes().size())).hasSize(2).allSatisfy(removal -> {
            assertThat(removal.header("Expires")).isEqualTo("0");
            assertThat(removal.header("SIP-If-Match")).isEqualTo("tag1");
        });
    }

    @Test
    void presence_that_was_never_published_is_not_removed() {
        scene.pbx.on("PUBLISH", publish -> {});
        scene.alice.publishPresence(PresenceStatus.BUSY, "");
        scene.until(() -> !publishes().isEmpty());
        CompletableFuture<PublicationOutcome> withdrawn =
                scene.alice.withdrawPresence().toCompletableFuture();
        pass(Duration.ofMinutes(5));

        assertThat(withdrawn).isCompletedWithValue(new PublicationOutcome.Withdrawn());
        assertThat(publishes())
                .allSatisfy(publish -> assertThat(publish.header("Expires"))
                        .as("what has no tag cannot be removed")
                        .isEqualTo("3600"));
    }

    @Test
    void a_change_during_a_PUBLISH_is_published_next_and_the_first_is_withdrawn() {
        CompletableFuture<PublicationOutcome> first =
                scene.alice.publishPresence(PresenceStatus.AWAY).toCompletableFuture();
        CompletableFuture<PublicationOutcome> second =
                scene.alice.publishPresence(PresenceStatus.BUSY).toCompletableFuture();
        scene.until(second::isDone);
        assertThat(first.join()).isEqualTo(new PublicationOutcome.Withdrawn());
        assertThat(second.join()).isEqualTo(new PublicationOutcome.Published());
        assertThat(publishes()).hasSize(2);
        assertThat(Objects.requireNonNull(publishes().get(1)).header("SIP-If-Match"))
                .isEqualTo("tag1");
        assertThat(publishes().get(1).body()).contains("<rpid:busy/>");
    }

    @Test
    void an_organisation_that_has_presence_off_has_nothing_published() {
        scene.close();
        scene = open(new Policy(null, null, null, null, null, Set.of(Policy.Feature.PRESENCE)));
        assertThat(publish(PresenceStatus.BUSY, "")).isEqualTo(new PublicationOutcome.SwitchedOff());
        assertThat(publishes()).isEmpty();
    }

    @Test
    void a_note_is_bounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scene.alice.publishPresence(PresenceStatus.BUSY, "x".repeat(201)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scene.alice.publishPresence(PresenceStatus.BUSY, "\u0000"));
    }
}
