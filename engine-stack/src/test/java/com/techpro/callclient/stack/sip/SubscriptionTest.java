// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.subscription.Subscription;
import com.techpro.callclient.stack.sip.subscription.SubscriptionState;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions against a scripted notifier: what goes over the wire, and which NOTIFY is taken. */
class SubscriptionTest {
    private final SipScene scene = new SipScene();
    private final SipEndpoint endpoint = scene.endpoint();
    private int notifyCseq;
    private Subscription subscription;

    @BeforeEach
    void registered() {
        scene.register(endpoint);
        subscription = scene.on(() -> new Subscription(
                scene.loop,
                scene.stack,
                endpoint,
                Seeds.random(5),
                new Subscription.EventPackage(
                        "message-summary", "application/simple-message-summary", Duration.ofHours(1)),
                SipUri.of("sip:1001@pbx.example"),
                new Subscription.Listener() {
                    @Override
                    public void subscription(SubscriptionState state) {
                        scene.heard.add(state.name());
                    }

                    @Override
                    public void notified(SipRequest notify) {
                        scene.heard.add("notified " + notify.bodyText());
                    }
                }));
    }

    @AfterEach
    void nothing_is_left() {
        scene.run(subscription::dispose);
        scene.assertQuiet();
    }

    @Test
    void a_subscription_is_made_notified_refreshed_and_taken_back() {
        scene.pbx.script(request -> accept(request, 3600));
        scene.run(subscription::start);
        scene.pass(20);
        SipRequest subscribe = scene.pbx.last("SUBSCRIBE");
        assertThat(subscribe.header("Event")).isEqualTo("message-summary");
        assertThat(subscribe.header("Accept")).isEqualTo("application/simple-message-summary");
        assertThat(subscribe.header("Expires")).isEqualTo("3600");
        assertThat(subscribe.contacts()).hasSize(1);

        notify(subscribe, "peer", "active;expires=3600", "one");
        notify(subscribe, "peer", "active;expires=3500", "two");
        assertThat(scene.heard).containsExactly("notified one", "ACTIVE", "notified two");
        assertThat(scene.pbx.statuses()).containsExactly(200, 200);

        scene.pass(Duration.ofMinutes(55).toMillis());
        SipRequest refresh = scene.pbx.last("SUBSCRIBE");
        assertThat(scene.pbx.all("SUBSCRIBE")).hasSize(2);
        assertThat(refresh.callId()).isEqualTo(subscribe.callId());
        assertThat(refresh.to().tag()).isEqualTo("peer");
        assertThat(refresh.requestUri().encode()).isEqualTo("sip:mailbox@" + SipScene.PBX + ":5060");
        assertThat(refresh.cseq().number()).isGreaterThan(subscribe.cseq().number());

        scene.run(subscription::leave);
        scene.pass(20);
        assertThat(scene.pbx.last("SUBSCRIBE").header("Expires")).isEqualTo("0");
        notify(subscribe, "peer", "terminated;reason=timeout", "");
        assertThat(scene.heard).last().isEqualTo("ENDED");
    }

    @Test
    void a_notify_that_overtakes_the_answer_makes_the_dialog() {
        scene.run(subscription::start);
        scene.pass(20);
        SipRequest subscribe = scene.pbx.last("SUBSCRIBE");

        notify(subscribe, "peer", "active;expires=600", "early");
        accept(subscribe, 600);
        scene.pass(20);

        assertThat(scene.heard).containsExactly("notified early", "ACTIVE");
    }

    @Test
    void of_a_forked_subscription_the_first_notifier_wins() {
        scene.pbx.script(request -> accept(request, 600));
        scene.run(subscription::start);
        scene.pass(20);
        SipRequest subscribe = scene.pbx.last("SUBSCRIBE");

        notify(subscribe, "peer", "active;expires=600", "first");
        notify(subscribe, "another", "active;expires=600", "second");

        assertThat(scene.pbx.statuses()).containsExactly(200, 481);
        assertThat(scene.heard).containsExactly("notified first", "ACTIVE");
    }

    @Test
    void a_notify_of_another_event_or_without_a_state_is_refused() {
        scene.pbx.script(request -> accept(request, 600));
        scene.run(subscription::start);
        scene.pass(20);
        SipRequest subscribe = scene.pbx.last("SUBSCRIBE");

        scene.pbx.send(notification(subscribe, "peer", "dialog", "active", "x").build());
        scene.pass(20);
        scene.pbx.send(
                notification(subscribe, "peer", "message-summary", "", "x").build());
        scene.pass(20);

        assertThat(scene.pbx.statuses()).containsExactly(489, 400);
        assertThat(scene.heard).isEmpty();
    }

    @Test
    void a_notifier_that_has_no_such_event_is_not_asked_again() {
        scene.pbx.script(request -> scene.pbx.answer(request, 489));
        scene.run(subscription::start);
        scene.pass(Duration.ofHours(5).toMillis());

        assertThat(scene.pbx.all("SUBSCRIBE")).hasSize(1);
        assertThat(scene.heard).containsExactly("REFUSED");
    }

    @Test
    void a_notifier_that_forgot_us_gets_a_new_subscription() {
        scene.pbx.script(request -> accept(request, 600));
        scene.run(subscription::start);
        scene.pass(20);
        SipRequest first = scene.pbx.last("SUBSCRIBE");
        notify(first, "peer", "active;expires=600", "one");

        scene.pbx.script(request -> {
            if (request.to().tag() != null) {
                scene.pbx.answer(request, 481);
            } else {
                accept(request, 600);
                scene.pbx.send(notification(request, "peer2", "message-summary", "active", "again")
                        .build());
            }
        });
        scene.pass(Duration.ofMinutes(9).toMillis());

        SipRequest second = scene.pbx.last("SUBSCRIBE");
        assertThat(second.callId()).isNotEqualTo(first.callId());
        assertThat(scene.heard).endsWith("notified again", "ACTIVE");
    }

    private void accept(SipRequest request, int seconds) {
        if (request.isMethod("SUBSCRIBE")) {
            scene.pbx.send(scene.pbx
                    .response(request, 200)
                    .set("Expires", Integer.toString(seconds))
                    .contact(NameAddr.of(SipUri.of("sip:mailbox@" + SipScene.PBX + ":5060")))
                    .build());
        }
    }

    private void notify(SipRequest subscribe, String tag, String state, String body) {
        scene.pbx.send(
                notification(subscribe, tag, "message-summary", state, body).build());
        scene.pass(20);
    }

    private SipRequest.Builder notification(SipRequest subscribe, String tag, String event, String state, String body) {
        SipRequest.Builder notify = scene.fromPbx(
                        "NOTIFY", subscribe.contacts().get(0).uri(), "n" + ++notifyCseq)
                .from(subscribe.to().withTag(tag))
                .to(subscribe.from())
                .callId(subscribe.callId())
                .cseq(notifyCseq, "NOTIFY")
                .contact(NameAddr.of(SipUri.of("sip:mailbox@" + SipScene.PBX + ":5060")))
                .set("Event", event);
        if (!state.isEmpty()) {
            notify.set("Subscription-State", state);
        }
        return body.isEmpty() ? notify : notify.body("application/simple-message-summary", body);
    }
}
