// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.AuthenticationProblem;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise U3: what an account does about a registrar with moods, in virtual time. */
class RegistrationScenarioTest {
    private PhoneScene scene;
    private final List<Duration> asked = new ArrayList<>();

    @BeforeEach
    void scene() {
        scene = new PhoneScene(3);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void it_is_refreshed_in_time_for_ever() {
        registrar(request -> null);
        Phone alice = scene.phone("alice", "192.0.2.1").registered();

        scene.pass(Duration.ofHours(2));

        assertThat(alice.account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(asked).hasSizeBetween(13, 17);
        assertThat(gaps())
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(480), Duration.ofSeconds(541)));
        assertThat(gaps().stream().distinct().count()).as("not all the same").isGreaterThan(3);
    }

    @Test
    void of_several_bindings_ours_decides_when_to_refresh() {
        registrar(request -> granting(request, 120, "<sip:alice@203.0.113.9:5060>;expires=3600"));
        scene.phone("alice", "192.0.2.1").registered();

        scene.pass(Duration.ofMinutes(10));

        assertThat(gaps())
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(96), Duration.ofSeconds(109)));
    }

    @Test
    void an_expiry_that_is_too_brief_is_raised() {
        registrar(request -> "600".equals(request.header("Expires"))
                ? SipResponse.respondTo(request, 423)
                        .toTag("r")
                        .set("Min-Expires", "1800")
                        .build()
                : null);

        Phone alice = scene.phone("alice", "192.0.2.1").registered();

        assertThat(alice.account.registration().expires())
                .isBetween(scene.time.now().plusSeconds(1790), scene.time.now().plusSeconds(1801));
        assertThat(asked).hasSize(2);
    }

    @Test
    void wrong_credentials_are_not_tried_for_ever() {
        registrar(request -> SipResponse.respondTo(request, 401)
                .toTag("r")
                .set(
                        "WWW-Authenticate",
                        "Digest realm=\"x\", nonce=\"" + asked.size() + "\", algorithm=SHA-256, qop=\"auth\"")
                .build());
        Phone alice = scene.phone("alice", "192.0.2.1");
        scene.until(() -> alice.account.registration().state() == RegistrationState.FAILED);
        int tried = asked.size();

        scene.pass(Duration.ofHours(1));

        assertThat(alice.account.registration().failure())
                .isEqualTo(new Failure.AuthenticationFailed(AuthenticationProblem.WRONG_CREDENTIALS));
        assertThat(tried).isBetween(2, 3);
        assertThat(asked).hasSize(tried);
    }

    @Test
    void a_forbidden_account_stops() {
        registrar(request -> SipResponse.respondTo(request, 403).toTag("r").build());
        Phone alice = scene.phone("alice", "192.0.2.1");
        scene.until(() -> alice.account.registration().state() == RegistrationState.FAILED);

        scene.pass(Duration.ofHours(1));

        assertThat(alice.account.registration().failure()).isEqualTo(new Failure.Forbidden());
        assertThat(asked).hasSize(1);
    }

    @Test
    void an_overloaded_registrar_is_left_alone_as_long_as_it_asks() {
        registrar(request -> asked.size() == 1
                ? SipResponse.respondTo(request, 503)
                        .toTag("r")
                        .set("Retry-After", "90")
                        .build()
                : null);
        Phone alice = scene.phone("alice", "192.0.2.1");
        scene.until(() -> alice.account.registration().state() == RegistrationState.WAITING);
        assertThat(alice.account.registration().failure())
                .isEqualTo(new Failure.ServerError(503, Duration.ofSeconds(90)));

        scene.until(() -> alice.account.registration().state() == RegistrationState.REGISTERED, Duration.ofMinutes(2));

        assertThat(gaps().get(0)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(93));
    }

    @Test
    void a_registrar_that_is_away_is_tried_less_and_less_and_found_when_it_is_back() {
        scene.network.conditionsBetween("192.0.2.1", PhoneScene.DOMAIN, LinkConditions.LAN.withPartition(true));
        Phone alice = scene.phone("alice", "192.0.2.1");

        scene.pass(Duration.ofMinutes(20));

        assertThat(alice.account.registration().state()).isIn(RegistrationState.WAITING, RegistrationState.REGISTERING);
        List<Duration> waits = alice.registrations.stream()
                .map(RegistrationSnapshot::retryIn)
                .filter(wait -> wait != null)
                .toList();
        assertThat(waits).hasSizeGreaterThan(4);
        assertThat(waits.get(0)).as("nobody answered").isBetween(Duration.ofSeconds(32), Duration.ofSeconds(64));
        assertThat(waits.get(waits.size() - 1)).isBetween(Duration.ofSeconds(60), Duration.ofMinutes(5));

        scene.network.conditionsBetween("192.0.2.1", PhoneScene.DOMAIN, LinkConditions.LAN);
        scene.until(() -> alice.account.registration().state() == RegistrationState.REGISTERED, Duration.ofMinutes(7));
    }

    @Test
    void unregistering_waits_for_the_request_under_way() {
        Phone alice = scene.phone("alice", "192.0.2.1");
        alice.account.remove();

        scene.until(() -> alice.client.accounts().isEmpty());

        assertThat(scene.proxy.knows("alice")).isFalse();
        assertThat(alice.registrations)
                .extracting(RegistrationSnapshot::state)
                .containsExactly(
                        RegistrationState.REGISTERING, RegistrationState.UNREGISTERING, RegistrationState.UNREGISTERED);
    }

    @Test
    void a_call_can_be_made_as_soon_as_the_account_is_there() {
        scene.phone("bob", "192.0.2.2").registered();
        Phone alice = scene.phone("alice", "192.0.2.1");

        Call call = alice.account.dial("bob");

        scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
    }

    @Test
    void a_call_without_a_phone_system_fails_with_a_reason() {
        Phone alice = scene.phone("alice", "192.0.2.1").registered();
        scene.network.conditionsBetween("192.0.2.1", PhoneScene.DOMAIN, LinkConditions.LAN.withPartition(true));

        Call call = alice.account.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.ENDED, Duration.ofSeconds(40));

        assertThat(alice.ending()).isEqualTo(new CallEnding.Failed(new Failure.TimedOut(Failure.Waited.RESPONSE)));
        alice.assertQuiet();
    }

    private void registrar(Function<SipRequest, SipResponse> answers) {
        scene.proxy.answer(request -> {
            if (!request.isMethod("REGISTER")) {
                return null;
            }
            asked.add(scene.time.elapsed());
            return answers.apply(request);
        });
    }

    private List<Duration> gaps() {
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i < asked.size(); i++) {
            gaps.add(asked.get(i).minus(asked.get(i - 1)));
        }
        return gaps;
    }

    private static SipResponse granting(SipRequest request, int seconds, String other) {
        NameAddr ours = request.contacts().get(0).withParam("expires", Integer.toString(seconds));
        return SipResponse.respondTo(request, 200)
                .toTag("r")
                .add("Contact", other)
                .add("Contact", ours.encode())
                .build();
    }
}
