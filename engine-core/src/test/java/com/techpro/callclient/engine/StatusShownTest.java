// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.SipStatus;
import com.techpro.callclient.ports.phonesystem.SipTransport;
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
}
