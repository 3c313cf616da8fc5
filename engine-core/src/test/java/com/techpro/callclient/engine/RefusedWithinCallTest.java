// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine refuses by itself in the middle of a call is told like what it refuses before one. */
class RefusedWithinCallTest {
    private static final String CONTACT = "Contact: <sip:bob@192.0.2.10:5060>";

    private record Told(@Nullable Account account, RefusedRequest refused) {}

    private final List<Told> told = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;

    @BeforeEach
    void phoneSystem() {
        CallClientListener listener = new CallClientListener() {
            @Override
            public void incomingCall(Call call, CallSnapshot snapshot) {
                calls.add(call);
            }

            @Override
            public void incomingRefused(@Nullable Account account, RefusedRequest refused) {
                told.add(new Told(account, refused));
            }
        };
        scene = new ScriptedPhoneSystem(78, SipTransport.UDP, account -> account, config -> config.listener(listener))
                .registered();
        pbx = scene.pbx;
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Call ringing() {
        scene.invite("one", "z9hG4bKone", 1, sdp("192.0.2.10", 40_000, 1));
        scene.until(() -> !calls.isEmpty());
        scene.until(() -> !pbx.received("SIP/2.0 180").isEmpty());
        return calls.get(0);
    }

    private Call established() {
        Call call = ringing();
        call.answer();
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        pbx.request("ACK", pbx.last("SIP/2.0 200"), 1, "bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        return call;
    }

    private void refuses(String method, int status, RefusalReason reason, String... more) {
        pbx.request(method, pbx.last("SIP/2.0 180"), 2, "bob", lines(CONTACT, more));
        scene.until(() -> !pbx.received("SIP/2.0 " + status).isEmpty());
        // The answer to an INVITE is repeated until it is acknowledged; it is refused once.
        scene.pass(Duration.ofSeconds(1));

        assertThat(told).hasSize(1);
        assertThat(told.get(0).refused().reason()).isEqualTo(reason);
        assertThat(told.get(0).refused().status()).isEqualTo(status);
        assertThat(told.get(0).refused().method()).isEqualTo(method);
        assertThat(told.get(0).account()).isSameAs(scene.alice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE", "INFO"})
    void a_body_that_cannot_be_read(String method) {
        established();
        refuses(method, 415, RefusalReason.UNSUPPORTED_MEDIA_TYPE, "Content-Type: text/plain", "", "hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE"})
    void a_description_that_is_none(String method) {
        established();
        refuses(method, 400, RefusalReason.MALFORMED, "Content-Type: application/sdp", "", "hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE"})
    void a_session_that_would_be_refreshed_too_often(String method) {
        established();
        refuses(method, 422, RefusalReason.SESSION_INTERVAL_TOO_SMALL, "Supported: timer", "Session-Expires: 20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE"})
    void an_offer_without_a_codec_of_ours(String method) {
        Call call = established();
        refuses(
                method,
                488,
                RefusalReason.NOT_ACCEPTABLE_HERE,
                "Content-Type: application/sdp",
                "",
                "v=0",
                "o=- 20 2 IN IP4 192.0.2.10",
                "s=-",
                "c=IN IP4 192.0.2.10",
                "t=0 0",
                "m=audio 40000 RTP/AVP 18");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE"})
    void RFC3261_14_2_an_offer_that_crosses_ours(String method) {
        Call call = established();
        call.hold();
        scene.until(() -> !pbx.received("INVITE").isEmpty());

        refuses(method, 491, RefusalReason.REQUEST_PENDING, sdp("192.0.2.10", 40_000, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "UPDATE"})
    void RFC3311_5_2_another_offer_while_the_first_waits_for_its_answer(String method) {
        ringing();
        refuses(method, 500, RefusalReason.REQUEST_PENDING, sdp("192.0.2.10", 40_000, 2));
    }

    @Test
    void rejecting_an_incoming_call_ends_it_without_a_refusal_event() {
        Call call = ringing();
        call.reject(RejectReason.BUSY);
        scene.until(() -> !pbx.received("SIP/2.0 486").isEmpty());
        scene.pass(Duration.ofSeconds(1));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
        assertThat(told).isEmpty();
    }
}
