// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With which words a phone system said no: what support asks for first. */
class StatusShownTest {
    @Test
    void a_registration_that_is_refused_shows_with_which_status_and_words() {
        try (ScriptedPhoneSystem scene =
                new ScriptedPhoneSystem(1, SipTransport.UDP, account -> account, config -> config)) {
            scene.pbx.on("REGISTER", register -> scene.pbx.respond(register, "403 Licence has run out"));
            scene.until(() -> scene.alice.registration().failure() != null);

            assertThat(scene.alice.registration().failure()).isEqualTo(new Failure.Forbidden());
            assertThat(scene.alice.registration().status()).isEqualTo(new SipStatus(403, "Licence has run out"));
        }
    }

    @Test
    void a_registration_that_is_accepted_after_a_no_forgets_it() {
        try (ScriptedPhoneSystem scene =
                new ScriptedPhoneSystem(2, SipTransport.UDP, account -> account, config -> config)) {
            scene.pbx.on("REGISTER", register -> scene.pbx.respond(register, "503 Later"));
            scene.until(() -> scene.alice.registration().status() != null);
            scene.pbx.on("REGISTER", scene::accept);
            scene.registered();

            assertThat(scene.alice.registration().status()).isNull();
        }
    }

    @Test
    void a_call_that_is_refused_shows_with_which_status_and_words() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(3).registered()) {
            scene.pbx.on("INVITE", invite -> scene.pbx.respond(invite, "403 No international calls"));
            Call call = scene.alice.dial("0044");
            scene.until(() -> call.snapshot().state() == CallState.ENDED);

            assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Failed(new Failure.Forbidden()));
            assertThat(call.snapshot().status()).isEqualTo(new SipStatus(403, "No international calls"));
            assertThat(call.snapshot().toString()).as("O2").doesNotContain("international");
        }
    }

    @Test
    void a_call_that_is_hung_up_shows_none() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(4).registered()) {
            scene.pbx.on("INVITE", invite -> scene.pbx.respond(invite, "180 Ringing"));
            scene.pbx.on("CANCEL", cancel -> {
                scene.pbx.respond(cancel, "200 OK");
                scene.pbx.respond(scene.pbx.last("INVITE"), "487 Request Terminated");
            });
            Call call = scene.alice.dial("bob");
            scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
            call.hangUp();
            scene.pass(Duration.ofSeconds(2));

            assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.Cancelled());
            assertThat(call.snapshot().status()).isNull();
        }
    }

    @Test
    void a_phone_that_would_take_keys_by_DTLS_encrypts_but_not_in_our_way() {
        try (ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                        11,
                        SipTransport.UDP,
                        account -> account.keyingPolicy(KeyingPolicy.SDES_ONLY)
                                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling()),
                        config -> config)
                .registered()) {
            String[] dtls = ScriptedPeer.sdp("192.0.2.10", 40_000, 1, "a=fingerprint:sha-256 AA:BB", "a=setup:actpass");
            dtls[7] = "m=audio 40000 UDP/TLS/RTP/SAVP 0";
            scene.pbx.on("INVITE", invite -> scene.pbx.respond(invite, "488 Not Acceptable Here", dtls));
            Call call = scene.alice.dial("bob");
            scene.until(() -> call.snapshot().state() == CallState.ENDED);
            assertThat(call.snapshot().ending().code()).isEqualTo("encryption-unsupported");
        }
    }
}
